namespace TokenLedger.Ingestion.Billing;

/// <summary>One day of a page of Anthropic's <c>cost_report</c>.</summary>
internal sealed class CostBucket(long line)
{
    /// <summary>The line it starts on.</summary>
    public long Line { get; } = line;

    /// <summary>The start, inclusive, as it stands.</summary>
    public string? StartingAt { get; set; }

    /// <summary>The end, exclusive, as it stands.</summary>
    public string? EndingAt { get; set; }

    /// <summary>Whether there was a <c>results</c> array, be it empty.</summary>
    public bool HasResults { get; set; }

    /// <summary>Its rows.</summary>
    public List<BillCells> Items { get; } = [];
}
