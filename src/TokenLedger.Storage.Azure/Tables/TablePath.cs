namespace TokenLedger.Storage.Azure.Tables;

/// <summary>The address of a row, encoded.</summary>
internal static class TablePath
{
    public static string Of(string table, string partitionKey, string rowKey) =>
        $"/{table}(PartitionKey='{Quote(partitionKey)}',RowKey='{Quote(rowKey)}')";

    // First doubled for the service, then encoded for the address.
    private static string Quote(string key) =>
        Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
