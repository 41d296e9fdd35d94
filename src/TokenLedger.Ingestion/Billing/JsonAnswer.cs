namespace TokenLedger.Ingestion.Billing;

/// <summary>One answer of a billing API as it stands in a file.</summary>
internal sealed class JsonAnswer(long line)
{
    /// <summary>The line it starts on.</summary>
    public long Line { get; } = line;

    /// <summary>The address it came from, when the file says so.</summary>
    public string? Url { get; set; }

    public int? Year { get; set; }

    public int? Month { get; set; }

    public int? Day { get; set; }

    /// <summary>Whether it carries a time period, which only <c>usage</c> does not.</summary>
    public bool HasTimePeriod { get; set; }

    public string? CostCenter { get; set; }

    /// <summary>
    /// Of how many answers, each filtered by cost centre or by having none, the whole bill is made; null when the file
    /// does not say so.
    /// </summary>
    public int? Parts { get; set; }

    /// <summary>
    /// The echoed filters and names: organization, enterprise, user, repository, product, sku, model.
    /// </summary>
    public Dictionary<string, string> Echoes { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there was a <c>usageItems</c> array, be it empty.</summary>
    public bool HasItems { get; set; }

    /// <summary>Whether its end was reached.</summary>
    public bool IsComplete { get; set; }

    /// <summary>What of it could not be read; each leaves rows out.</summary>
    public List<InputFault> Faults { get; } = [];

    public List<BillCells> Items { get; } = [];

    /// <summary>Whether there was a <c>data</c> array, be it empty.</summary>
    public bool HasBuckets { get; set; }

    /// <summary>The days of a cost report.</summary>
    public List<CostBucket> Buckets { get; } = [];

    /// <summary>Whether another page follows; null when the answer does not say so.</summary>
    public bool? HasMore { get; set; }

    /// <summary>The cursor of the next page.</summary>
    public string? NextPage { get; set; }

    /// <summary>An echoed text; null when there is none.</summary>
    public string? Echo(string name) => Echoes.GetValueOrDefault(name);
}
