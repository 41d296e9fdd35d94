using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>The tables that hold runs.</summary>
internal sealed record RunTables(TableClient Runs, TableClient Usage, TableClient Index, TableClient Rejected)
{
    public RememberedHead Remembered { get; } = new();
}
