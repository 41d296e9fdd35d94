namespace TokenLedger.Ingestion.Billing;

/// <summary>One day of a page of Anthropic's <c>cost_report</c>, or of OpenAI's costs.</summary>
internal sealed class CostBucket(long line)
{
    /// <summary>The line it starts on.</summary>
    public long Line { get; } = line;

    /// <summary>The start, inclusive, as it stands; Anthropic's.</summary>
    public string? StartingAt { get; set; }

    /// <summary>The end, exclusive, as it stands; Anthropic's.</summary>
    public string? EndingAt { get; set; }

    /// <summary>The start, inclusive, in Unix seconds; OpenAI's.</summary>
    public long? StartTime { get; set; }

    /// <summary>The end, exclusive, in Unix seconds; OpenAI's.</summary>
    public long? EndTime { get; set; }

    /// <summary>The start of the day that a person's row is of; Anthropic's <c>claude_code</c>.</summary>
    public string? Date { get; set; }

    /// <summary>Who a person's row is of.</summary>
    public BillCells Person { get; } = new(line);

    /// <summary>Whether there was a <c>results</c> array, be it empty.</summary>
    public bool HasResults { get; set; }

    /// <summary>Its rows.</summary>
    public List<BillCells> Items { get; } = [];

    /// <summary>Writes the person into each row, whatever stood first.</summary>
    public void NamePersonInItems()
    {
        foreach (var (name, text) in Person.Values)
            Items.ForEach(cells => cells.TryAdd(name, text));
    }
}
