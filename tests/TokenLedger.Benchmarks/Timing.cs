namespace TokenLedger.Benchmarks;

/// <summary>How long a job took, by the clock and by the processor; the second forgives a busy machine.</summary>
internal readonly record struct Timing(double Seconds, double CpuSeconds)
{
    /// <summary>How often a job is done before it is timed.</summary>
    /// <remarks>
    /// .NET compiles a method for the last time after its thirtieth call, and a worker's own loop is called once or
    /// twice a job. Timed before that, two workers seem to gain less over one than they do.
    /// </remarks>
    public const int WarmUpRounds = 12;

    /// <summary>The median of each.</summary>
    public static Timing Median(Timing[] timings) => new(
        timings.Select(timing => timing.Seconds).Order().ElementAt(timings.Length / 2),
        timings.Select(timing => timing.CpuSeconds).Order().ElementAt(timings.Length / 2));
}
