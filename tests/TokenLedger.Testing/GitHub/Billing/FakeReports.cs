namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>How the fake GitHub makes reports of bills.</summary>
public sealed class FakeReports
{
    /// <summary>How often a report is looked at before it is made.</summary>
    public int LooksUntilMade { get; set; } = 1;

    /// <summary>After how long a report that nobody looks at is made all the same; null for never.</summary>
    public TimeSpan? MadeAfter { get; set; }

    /// <summary>Whether reports are never made.</summary>
    public bool NeverEnds { get; set; }

    /// <summary>Whether reports fail.</summary>
    public bool Fails { get; set; }

    /// <summary>The form that is made whatever was asked for; null for the one that was.</summary>
    public string? ReceivedType { get; set; }

    /// <summary>In how many files a report comes.</summary>
    public int Files { get; set; } = 1;

    /// <summary>Whether somebody else's report is being made.</summary>
    public bool IsBusy { get; set; }

    /// <summary>What was asked for, in order.</summary>
    public IReadOnlyList<(string Type, string From, string To)> Asked =>
        [.. Made.Select(report => (report.Type, report.From, report.To))];

    /// <summary>Ends every report that is being made.</summary>
    public void Forget()
    {
        lock (Entry)
            Made.ForEach(report => report.IsEnded = true);
    }

    internal List<FakeReport> Made { get; } = [];

    internal Lock Entry { get; } = new();
}
