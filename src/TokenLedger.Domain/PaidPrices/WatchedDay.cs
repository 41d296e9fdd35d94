using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>One account and UTC day whose paid prices are looked at.</summary>
/// <param name="Day">The day, with the part that each charge plays.</param>
/// <param name="IsSettled">
/// Whether its bill is not expected to change. Only then are tokens counted beside a bill held against its money: the
/// two come at different times.
/// </param>
public sealed record WatchedDay(DayReconciliation Day, bool IsSettled);
