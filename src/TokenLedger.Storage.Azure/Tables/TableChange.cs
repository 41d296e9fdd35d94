using Azure;
using Azure.Core;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>One change of one row. Without a condition it upserts (or inserts).</summary>
internal sealed record TableChange(TableOperation Operation, TableEntity Entity, ETag? Condition)
{
    // PATCH means MERGE and is the one of the two that proxies know.
    public RequestMethod Method => Operation switch
    {
        TableOperation.Insert => RequestMethod.Post,
        TableOperation.Merge => RequestMethod.Patch,
        TableOperation.Replace => RequestMethod.Put,
        _ => RequestMethod.Delete,
    };

    public string Path(string table) =>
        Operation == TableOperation.Insert ? $"/{table}" : TablePath.Of(table, Entity.PartitionKey, Entity.RowKey);
}
