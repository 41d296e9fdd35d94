namespace TokenLedger.Providers.GitHub;

/// <summary>The bounds of one question to GitHub.</summary>
public sealed record GitHubOptions
{
    /// <summary>How long the whole question may take, repeated attempts included.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>About how long to wait before the first repeated attempt; the second waits twice as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Requests at once. GitHub allows 100 for one user or App over all its processes; billing is said to be stricter.
    /// </summary>
    public int RequestsAtOnceMax { get; init; } = 8;

    /// <summary>How long the download of one artifact may take.</summary>
    public TimeSpan DownloadTimeOut { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of an answer; a day of a large enterprise, 100 models, is below 64 KiB.</summary>
    public int AnswerBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>The source of jitter, from 0 inclusive to 1 exclusive.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
