using TokenLedger.Application.Configuration;
using TokenLedger.Domain;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>A run of the scope with what it used in the period, priced.</summary>
/// <remarks>It keeps no token counts but those of its priced slices: a month has a hundred thousand runs.</remarks>
/// <param name="Facts">What is known of the run attempt.</param>
/// <param name="Report">What proxy and session claim, of the whole run.</param>
/// <param name="Warnings">What a reader of the run's figures should know.</param>
/// <param name="UsageDays">
/// The first and the last UTC day of its usage, those outside the period too; null without telemetry.
/// </param>
/// <param name="Slices">Its priced slices of days in the period, ordered by key; empty without telemetry.</param>
public sealed record PeriodRun(
    RunFacts Facts,
    RunReport Report,
    IReadOnlyList<Notice> Warnings,
    (DateOnly First, DateOnly Last)? UsageDays,
    IReadOnlyList<PricedSlice> Slices)
{
    /// <summary>Whether any token of the run is known.</summary>
    public bool HasTelemetry => UsageDays is not null;

    /// <summary>The whole run, over all its days.</summary>
    internal static PeriodRun Whole(LedgerRun run, PriceBook prices) => Of(run, SlicePricing.Price(run, prices));

    /// <summary>The run's part in a period; null when it has none.</summary>
    internal static PeriodRun? Of(
        LedgerRun run, PriceBook prices, LedgerConfiguration configuration, DateOnly from, DateOnly to)
    {
        var slices = SlicePricing.Price(run, prices).Where(slice => slice.Day >= from && slice.Day < to).ToList();
        if (slices.Count > 0)
            return Of(run, slices);
        // A run whose tokens all fall outside belongs to another period; one without tokens to the day it started.
        return !run.HasTelemetry && UnseenUsage.StartDayOf(run.Facts) is { } day && day >= from && day < to
            && AgentRuns.Includes(run, configuration.WorkflowsInclude)
            ? Of(run, [])
            : null;
    }

    private static PeriodRun Of(LedgerRun run, IReadOnlyList<PricedSlice> slices) => new(
        run.Facts,
        run.Report,
        run.Warnings,
        run.HasTelemetry ? (run.Slices.Min(slice => slice.Day), run.Slices.Max(slice => slice.Day)) : null,
        slices);
}
