using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>A run of the scope with the slices that fall in the period.</summary>
/// <param name="Run">The run attempt as stored.</param>
/// <param name="Slices">Its priced slices of days in the period, ordered by key; empty without telemetry.</param>
public sealed record PeriodRun(LedgerRun Run, IReadOnlyList<PricedSlice> Slices);
