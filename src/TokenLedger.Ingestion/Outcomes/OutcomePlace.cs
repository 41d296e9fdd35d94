using System.Globalization;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Outcomes;

/// <summary>What facts are told of: a pull request or issue, or a commit of a repository.</summary>
/// <param name="Host">The GitHub host in lower case.</param>
/// <param name="Owner">The repository's owner in lower case.</param>
/// <param name="Name">The repository's name in lower case, without the owner.</param>
/// <param name="Number">The number of the pull request or issue; null for a commit.</param>
/// <param name="Commit">The commit's SHA in lower case; null for a number.</param>
public sealed record OutcomePlace(string Host, string Owner, string Name, long? Number, string? Commit)
{
    private const string Commits = "commits";
    private const int ShaCharacters = 40;

    /// <summary>The repository as <c>owner/name</c>.</summary>
    public string Repository => $"{Owner}/{Name}";

    /// <summary>The pull request or issue; null for a commit.</summary>
    public WorkSubject? Subject => Number is { } number ? WorkSubject.Of(Host, Repository, number) : null;

    /// <summary><c>{host}/{owner}/{name}/{number}</c> or <c>…/commits/{sha}</c>: any storage takes it.</summary>
    public string Path => string.Create(
        CultureInfo.InvariantCulture,
        $"{Host}/{Owner}/{Name}/{(Commit is null ? $"{Number}" : $"{Commits}/{Commit}")}");

    /// <summary>A pull request or issue; null where a part is nothing that GitHub has.</summary>
    public static OutcomePlace? OfNumber(string? host, string? repository, long? number) =>
        number > 0 && Of(host, repository) is { } place ? place with { Number = number } : null;

    /// <summary>The place of a subject; null where a part is nothing that GitHub has.</summary>
    public static OutcomePlace? Of(WorkSubject subject) =>
        OfNumber(subject.Host, subject.Repository, subject.Number);

    /// <summary>A commit; null where a part is nothing that GitHub has.</summary>
    public static OutcomePlace? OfCommit(string? host, string? repository, string? sha) =>
        sha is { Length: ShaCharacters } && sha.All(char.IsAsciiHexDigit) && Of(host, repository) is { } place
            ? place with { Commit = sha.ToLowerInvariant() }
            : null;

    /// <summary>The place of a path; null for a path of another form.</summary>
    public static OutcomePlace? OfPath(string path) => path.Split('/') switch
    {
        [var host, var owner, var name, var number] when long.TryParse(
            number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) =>
            OfNumber(host, $"{owner}/{name}", parsed),
        [var host, var owner, var name, Commits, var sha] => OfCommit(host, $"{owner}/{name}", sha),
        _ => null,
    };

    private static OutcomePlace? Of(string? host, string? repository)
    {
        var lowered = host?.ToLowerInvariant();
        return RunNames.IsHost(lowered) && RunNames.Split(repository?.ToLowerInvariant()) is var (owner, name)
            ? new OutcomePlace(lowered!, owner, name, null, null)
            : null;
    }
}
