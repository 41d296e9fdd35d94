using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>A run of the scope with the slices that fall in the period.</summary>
/// <param name="Run">The run attempt as stored.</param>
/// <param name="Slices">Its priced slices of days in the period, ordered by key; empty without telemetry.</param>
public sealed record PeriodRun(LedgerRun Run, IReadOnlyList<PricedSlice> Slices)
{
    /// <summary>The run's part in a period; null when it has none.</summary>
    internal static PeriodRun? Of(
        LedgerRun run, PriceBook prices, LedgerConfiguration configuration, DateOnly from, DateOnly to)
    {
        var slices = SlicePricing.Price(run, prices).Where(slice => slice.Day >= from && slice.Day < to).ToList();
        if (slices.Count > 0)
            return new PeriodRun(run, slices);
        // A run whose tokens all fall outside belongs to another period; one without tokens to the day it started.
        return !run.HasTelemetry && UnseenUsage.StartDayOf(run.Facts) is { } day && day >= from && day < to
            && AgentRuns.Includes(run, configuration.WorkflowsInclude)
            ? new PeriodRun(run, [])
            : null;
    }
}
