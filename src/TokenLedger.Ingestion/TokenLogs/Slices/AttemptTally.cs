using System.Globalization;
using TokenLedger.Domain;
using TokenLedger.Ingestion.TokenLogs.Caching;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>What the fold notes of one attempt beside its slices.</summary>
internal sealed class AttemptTally
{
    private const string Smaller = "the smaller reading was taken";
    private const string ShortRate = "the rest counts as five-minute writes";

    private readonly long[] requestsByRule = new long[Enum.GetValues<CacheRule>().Length];
    private long reusedIds;
    private long inconsistentSplits;
    private long webSockets;
    private long unresolvedTokens;

    /// <summary>The sum of the proxy's own figures; null when no record has one.</summary>
    public decimal? ReportedAiCredits { get; private set; }

    /// <summary>Requests by the rule that told their cache convention; rules that decided none are left out.</summary>
    public IReadOnlyDictionary<CacheRule, long> RequestsByCacheRule => Enum.GetValues<CacheRule>()
        .Where(rule => requestsByRule[(int)rule] > 0)
        .ToDictionary(rule => rule, rule => requestsByRule[(int)rule]);

    /// <summary>Notes a request that counts.</summary>
    public void Add(in UsageLine line)
    {
        requestsByRule[(int)line.CacheRule]++;
        if (line.ReportedAiCredits is { } credits)
            ReportedAiCredits = (ReportedAiCredits ?? 0) + credits;
        if (line.IsCacheWriteSplitInconsistent)
            inconsistentSplits++;
        if (line.IsWebSocket)
            webSockets++;
        unresolvedTokens += line.UnresolvedCacheTokens;
    }

    /// <summary>Notes a record whose id came before with other content.</summary>
    public void AddReusedId() => reusedIds++;

    /// <summary>The notices, in a fixed order.</summary>
    public IEnumerable<Notice> Notices()
    {
        if (reusedIds > 0)
        {
            yield return Say("request-id-reused",
                $"{reusedIds} records repeat a request id with other content; the first of each was kept.");
        }

        if (requestsByRule[(int)CacheRule.Unresolved] is var unresolved and > 0)
        {
            yield return Say("cache-convention-unresolved",
                $"{unresolved} requests do not tell if their input holds {unresolvedTokens} cached tokens; {Smaller}.");
        }

        if (inconsistentSplits > 0)
        {
            yield return Say("cache-write-split-inconsistent",
                $"{inconsistentSplits} requests split their cache writes into other than all; {ShortRate}.");
        }

        // AWF v0.28.4 keeps the usage of a connection's last response and no other.
        if (webSockets > 0)
        {
            yield return Say("websocket-lower-bound",
                $"{webSockets} records stand for whole WebSocket connections; their tokens are a lower bound.");
        }
    }

    private static Notice Say(string code, FormattableString message) =>
        new(code, message.ToString(CultureInfo.InvariantCulture));
}
