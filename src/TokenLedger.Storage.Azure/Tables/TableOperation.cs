namespace TokenLedger.Storage.Azure.Tables;

internal enum TableOperation
{
    Insert,
    Merge,
    Replace,
    Delete,
}
