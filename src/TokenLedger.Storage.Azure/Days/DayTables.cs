using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>The tables that hold reconciled days.</summary>
internal sealed record DayTables(
    TableClient Settlements, TableClient Revisions, TableClient Shares, TableClient Unallocated, TableClient DailyCosts)
{
    /// <summary>The heads of whole days, as somebody read them to store the day.</summary>
    public RememberedHeads<DateOnly, RememberedDay> Remembered { get; } = new();
}
