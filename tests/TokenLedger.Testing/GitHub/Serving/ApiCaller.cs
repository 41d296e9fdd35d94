using TokenLedger.Testing.GitHub.Actions;
using TokenLedger.Testing.GitHub.Apps;

namespace TokenLedger.Testing.GitHub.Serving;

/// <summary>Whose request it is: the App's own, an installation's or a person's.</summary>
/// <param name="Name">For the log, without a secret, and whose rate limit it counts against.</param>
internal sealed record ApiCaller(string Name)
{
    /// <summary>Whether it proved itself as the App.</summary>
    public bool IsApp { get; init; }

    /// <summary>The token of an installation.</summary>
    public InstallationToken? Installation { get; init; }

    /// <summary>The scopes of a classic token; null for anything else.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The person behind a classic token.</summary>
    public string? Login { get; init; }

    /// <summary>Whether it may change what a permission of an App covers.</summary>
    public bool MayWrite(string permission) => Scopes?.Contains("repo", StringComparer.Ordinal) == true
        || (Installation?.Permissions.TryGetValue(permission, out var level) == true && level == "write");

    public bool Sees(FakeRepository repository) =>
        !repository.IsPrivate
        || Installation?.Sees(repository) == true
        || Scopes?.Contains("repo", StringComparer.Ordinal) == true;

    /// <summary>Whether it may read with a permission of an App; a classic token has scopes instead.</summary>
    public bool May(string permission) =>
        Scopes is not null || Installation?.Permissions.ContainsKey(permission) == true;
}
