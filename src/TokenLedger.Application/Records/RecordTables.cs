using TokenLedger.Application.Budgets;
using TokenLedger.Application.Headroom;

namespace TokenLedger.Application.Records;

/// <summary>Every record table: storages make them when a ledger is opened.</summary>
public static class RecordTables
{
    /// <summary>All of them, in ordinal order of their names.</summary>
    public static IReadOnlyList<RecordTable> All { get; } =
    [
        .. BudgetTables.All
            .Append(ReservationTable.Table)
            .OrderBy(table => table.Name, StringComparer.Ordinal),
    ];
}
