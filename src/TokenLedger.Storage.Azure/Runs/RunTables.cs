using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>The tables that hold runs.</summary>
internal sealed record RunTables(TableClient Runs, TableClient Usage, TableClient Index, TableClient Rejected)
{
    public RememberedHeads<(string Host, long RunId), RunHead> Remembered { get; } = new();
}
