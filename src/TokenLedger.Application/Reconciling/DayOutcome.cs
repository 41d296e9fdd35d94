using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>One account and day: how it was split, of what, and how final its bill is.</summary>
/// <param name="Reconciliation">The split.</param>
/// <param name="Input">What was split of what.</param>
/// <param name="Settlement">The settlement.</param>
/// <param name="Slices">The usage that the account pays for.</param>
/// <param name="BareRuns">
/// Runs of the account without any telemetry that started on the day or may have run into it.
/// </param>
/// <param name="IsSeen">Whether a bill of the day is in force, be it an empty one.</param>
internal sealed record DayOutcome(
    DayReconciliation Reconciliation,
    AccountDay Input,
    DaySettlement Settlement,
    IReadOnlyList<PricedSlice> Slices,
    IReadOnlyList<RunFacts> BareRuns,
    bool IsSeen);
