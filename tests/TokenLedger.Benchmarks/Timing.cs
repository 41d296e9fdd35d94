namespace TokenLedger.Benchmarks;

/// <summary>How long a job took, by the clock and by the processor; the second forgives a busy machine.</summary>
internal readonly record struct Timing(double Seconds, double CpuSeconds)
{
    /// <summary>The median of each.</summary>
    public static Timing Median(Timing[] timings) => new(
        timings.Select(timing => timing.Seconds).Order().ElementAt(timings.Length / 2),
        timings.Select(timing => timing.CpuSeconds).Order().ElementAt(timings.Length / 2));
}
