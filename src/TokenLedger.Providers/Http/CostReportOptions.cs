namespace TokenLedger.Providers.Http;

/// <summary>The bounds of asking for one day of a cost report.</summary>
public sealed record CostReportOptions
{
    /// <summary>How long one page may take, repeated attempts included.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>About how long to wait before the first repeated attempt; the second waits twice as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Bytes of all pages of a day; 1,000 workspaces or projects with 20 rows each are 8 MiB.</summary>
    public int DayBytesMax { get; init; } = 32 * 1024 * 1024;

    /// <summary>Pages of a day, which is one bucket and so one page as documented.</summary>
    public int PagesMax { get; init; } = 100;

    /// <summary>The source of jitter, from 0 inclusive to 1 exclusive.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
