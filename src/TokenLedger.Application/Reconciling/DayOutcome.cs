using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Reconciling;

/// <summary>One account and day: how it was split, and how final its bill is.</summary>
/// <param name="Reconciliation">The split.</param>
/// <param name="Settlement">The settlement.</param>
internal sealed record DayOutcome(DayReconciliation Reconciliation, DaySettlement Settlement);
