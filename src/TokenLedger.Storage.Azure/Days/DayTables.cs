using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>The tables that hold reconciled days.</summary>
internal sealed record DayTables(
    TableClient Settlements, TableClient Shares, TableClient Unallocated, TableClient DailyCosts);
