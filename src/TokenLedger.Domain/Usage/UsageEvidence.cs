namespace TokenLedger.Domain.Usage;

/// <summary>The road by which a slice's tokens became known, best first. Roads are never added together.</summary>
public enum UsageEvidence
{
    /// <summary>The proxy's <c>token-usage</c> records, one a request.</summary>
    ProxyRecords,

    /// <summary>The proxy events inside <c>aw_session.jsonl</c>.</summary>
    SessionRecords,

    /// <summary>The totals at the end of an agent's session.</summary>
    SessionTotals,

    /// <summary>The summary of <c>gh aw logs --json</c> or <c>agent_usage.json</c>.</summary>
    Summary,
}
