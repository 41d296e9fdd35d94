using TokenLedger.Application.Alerts;

namespace TokenLedger.Application.Records;

/// <summary>Every record table: storages make them when a ledger is opened.</summary>
public static class RecordTables
{
    /// <summary>All of them, in ordinal order of their names.</summary>
    public static IReadOnlyList<RecordTable> All { get; } = [OutboxTable.Table];
}
