using TokenLedger.Application.Days;

namespace TokenLedger.Application.Explaining;

/// <summary>An account's recorded day, whole.</summary>
/// <param name="Head">Its head.</param>
/// <param name="Shares">What runs answer for.</param>
/// <param name="Unallocated">What no run answers for.</param>
/// <param name="Lines">The lines of the bill.</param>
internal sealed record AccountDay(
    DayHead Head, IReadOnlyList<ShareRow> Shares, IReadOnlyList<UnallocatedRow> Unallocated, BillLines Lines);
