using System.Globalization;

namespace TokenLedger.Domain.Usage;

/// <summary>One attempt of one workflow run. Repository and names are attributes of it, not parts of the key.</summary>
/// <param name="Host">The GitHub host in lower case, <c>github.com</c> or a data-residency or server host.</param>
/// <param name="RunId">GitHub's run id, above 0; the same for every attempt.</param>
/// <param name="Attempt">The attempt, from 1.</param>
public readonly record struct RunKey(string Host, long RunId, int Attempt) : IComparable<RunKey>
{
    /// <summary>The host of GitHub's public cloud.</summary>
    public const string PublicHost = "github.com";

    /// <summary>Ordinal by host, then by run id and attempt as numbers.</summary>
    public int CompareTo(RunKey other)
    {
        var byHost = string.CompareOrdinal(Host, other.Host);
        if (byHost != 0)
            return byHost;
        var byRun = RunId.CompareTo(other.RunId);
        return byRun != 0 ? byRun : Attempt.CompareTo(other.Attempt);
    }

    /// <summary><c>host/run id/attempt</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}/{RunId}/{Attempt}");
}
