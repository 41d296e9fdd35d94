using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>How final one account's day is, and what comes next.</summary>
/// <param name="Settlement">Account, day, status and looks.</param>
/// <param name="NextLookAt">
/// When one of its views or a report is asked for next, UTC; in the past when it is due. Null when none is.
/// </param>
/// <param name="Corrections">How often the bill changed after the day had settled.</param>
/// <param name="Reallocations">How often the same bill was split anew after the day had settled.</param>
/// <param name="Refusal">Why a view of it was refused last; null when none is.</param>
public sealed record SettledDay(
    DaySettlement Settlement, DateTimeOffset? NextLookAt, int Corrections, int Reallocations, string? Refusal);
