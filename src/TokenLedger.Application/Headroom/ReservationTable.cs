using System.Text.Json;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Headroom;

namespace TokenLedger.Application.Headroom;

/// <summary>
/// The reservations of each budget and period, all in one row: whoever takes room replaces the row that was read.
/// </summary>
internal static class ReservationTable
{
    // A rolling budget has another period each day, and what is held is held over midnight.
    private const string Rolling = "rolling";

    /// <summary>Budget | first day of the period.</summary>
    public static readonly RecordTable Table = new("reservations",
    [
        new("budget", RecordColumnKind.Text),
        new("held", RecordColumnKind.LongText),
        new("reservations", RecordColumnKind.Integer),
        new("reserved", RecordColumnKind.NanoCredits),
        new("writtenat", RecordColumnKind.Time),
    ]);

    public static string RowKeyOf(Budget budget, DateTimeOffset now) =>
        budget.Period == BudgetPeriodKind.Rolling
        || BudgetPeriods.Of(budget, DateOnly.FromDateTime(now.UtcDateTime)) is not { } period
            ? Rolling
            : FormattableString.Invariant($"{period.From:yyyy-MM-dd}");

    public static RecordRow Row(Budget budget, string rowKey, IReadOnlyList<Reservation> held, DateTimeOffset now) =>
        new RecordRow(Table, budget.Key, rowKey)
            .Set("budget", budget.Name)
            .Set("held", JsonSerializer.Serialize(
                [.. held.Select(HeldReservation.Of)], HeadroomJson.Default.IReadOnlyListHeldReservation))
            .Set("reservations", (long)held.Count)
            .Set("reserved", held.Aggregate(0L, (sum, one) => checked(sum + one.NanoCredits)))
            .Set("writtenat", now);

    public static IReadOnlyList<Reservation> Read(StoredRecord? stored) => stored?.Row.Text("held") is { } text
        ? [.. JsonSerializer.Deserialize(text, HeadroomJson.Default.IReadOnlyListHeldReservation)!
            .Select(held => held.ToReservation())]
        : [];
}
