using TokenLedger.Application.Alerts;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Findings;
using TokenLedger.Application.Headroom;
using TokenLedger.Application.Metrics;
using TokenLedger.Application.Outcomes;

namespace TokenLedger.Application.Records;

/// <summary>Every record table: storages make them when a ledger is opened.</summary>
public static class RecordTables
{
    /// <summary>All of them, in ordinal order of their names.</summary>
    public static IReadOnlyList<RecordTable> All { get; } =
    [
        .. ((IReadOnlyList<RecordTable>)
        [
            .. BudgetTables.All,
            OutboxTable.Table, ReservationTable.Table,
            FindingTables.Actions, FindingTables.Decisions, FindingTables.Findings, FindingTables.RunFeatures,
            MetricTable.Table, OutcomeTables.Index, OutcomeTables.Outcomes, OutcomeTables.RunWork,
        ]).OrderBy(table => table.Name, StringComparer.Ordinal),
    ];
}
