namespace TokenLedger.Domain.Usage;

/// <summary>
/// One run attempt as the fold over its archived files leaves it: facts, slices, and what others claim.
/// </summary>
/// <param name="Facts">What is known of the run.</param>
/// <param name="Slices">Its tokens; empty when no telemetry was found.</param>
/// <param name="Report">What proxy and session claim.</param>
/// <param name="Warnings">What a reader of the run's figures should know, each with a stable code.</param>
public sealed record LedgerRun(
    RunFacts Facts,
    IReadOnlyList<UsageSlice> Slices,
    RunReport Report,
    IReadOnlyList<Notice> Warnings)
{
    /// <summary>Whether any token of the run is known. An empty log does not prove that nothing was spent.</summary>
    public bool HasTelemetry => Slices.Count > 0;
}
