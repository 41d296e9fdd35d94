namespace TokenLedger.Providers.GitHub;

/// <summary>The bounds of one question to GitHub.</summary>
public sealed record GitHubOptions
{
    /// <summary>How long the whole question may take, repeated attempts included.</summary>
    public TimeSpan TimeOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>About how long to wait before the first repeated attempt; the second waits twice as long.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Bytes of an answer; a day of a large enterprise, 100 models, is below 64 KiB.</summary>
    public int AnswerBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>The source of jitter, from 0 inclusive to 1 exclusive.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
