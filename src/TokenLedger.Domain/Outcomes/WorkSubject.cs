using System.Globalization;

namespace TokenLedger.Domain.Outcomes;

/// <summary>A pull request or issue: both are numbered in one row.</summary>
/// <param name="Host">The GitHub host in lower case.</param>
/// <param name="Repository">The repository as <c>owner/name</c> in lower case: GitHub's are one in any case.</param>
/// <param name="Number">Its number, above 0.</param>
public readonly record struct WorkSubject(string Host, string Repository, long Number) : IComparable<WorkSubject>
{
    /// <summary>The subject, names in lower case.</summary>
    public static WorkSubject Of(string host, string repository, long number) =>
        new(host.ToLowerInvariant(), repository.ToLowerInvariant(), number);

    /// <summary>Ordinal by host and repository, then by number.</summary>
    public int CompareTo(WorkSubject other)
    {
        var byHost = string.CompareOrdinal(Host, other.Host);
        if (byHost != 0)
            return byHost;
        var byRepository = string.CompareOrdinal(Repository, other.Repository);
        return byRepository != 0 ? byRepository : Number.CompareTo(other.Number);
    }

    /// <summary><c>host/owner/name#number</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Host}/{Repository}#{Number}");
}
