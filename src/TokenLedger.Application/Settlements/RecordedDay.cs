using TokenLedger.Application.Days;

namespace TokenLedger.Application.Settlements;

/// <summary>One revision of an account's day with what it held of AI usage.</summary>
/// <param name="Head">Its head.</param>
/// <param name="Shares">What runs answered for.</param>
/// <param name="Unallocated">What no run answered for.</param>
public sealed record RecordedDay(
    DayHead Head, IReadOnlyList<ShareRow> Shares, IReadOnlyList<UnallocatedRow> Unallocated);
