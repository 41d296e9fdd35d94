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
    /// <summary>The code of the warning that the run's firewall release was withdrawn.</summary>
    public const string WithdrawnFirewall = "withdrawn-awf-release";

    /// <summary>The code of the warning that the run's gh-aw release was withdrawn.</summary>
    public const string WithdrawnCompiler = "withdrawn-gh-aw-release";

    /// <summary>Whether a release was withdrawn over its figures: then no share of the run is sure.</summary>
    public bool IsOfWithdrawnRelease =>
        Warnings.Any(warning => warning.Code is WithdrawnFirewall or WithdrawnCompiler);

    /// <summary>Whether any token of the run is known. An empty log does not prove that nothing was spent.</summary>
    public bool HasTelemetry => Slices.Count > 0;

    /// <summary>Whether the run has slices in the period or started in it.</summary>
    /// <param name="from">The first UTC day, inclusive; null for no bound.</param>
    /// <param name="to">The last UTC day, exclusive; null for no bound.</param>
    public bool IsIn(DateOnly? from, DateOnly? to)
    {
        if (from is null && to is null)
            return true;
        var days = Slices.Select(slice => slice.Day);
        if (UnseenUsage.StartDayOf(Facts) is { } started)
            days = days.Append(started);
        return days.Any(day => (from is null || day >= from) && (to is null || day < to));
    }
}
