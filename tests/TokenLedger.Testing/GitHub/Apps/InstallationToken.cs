using TokenLedger.Testing.GitHub.Actions;

namespace TokenLedger.Testing.GitHub.Apps;

/// <summary>A token that an installation was given.</summary>
internal sealed record InstallationToken(
    string Text, FakeInstallation Installation, DateTimeOffset ExpiresAt,
    IReadOnlyDictionary<string, string> Permissions, IReadOnlySet<long>? RepositoryIds)
{
    public bool Sees(FakeRepository repository) =>
        Installation.Has(repository) && RepositoryIds?.Contains(repository.Id) != false;
}
