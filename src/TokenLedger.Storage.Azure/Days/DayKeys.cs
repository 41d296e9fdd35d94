using TokenLedger.Domain.Charges;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>Where an account's day lies in <c>shares</c>, <c>unallocated</c> and <c>dailycosts</c>.</summary>
internal static class DayKeys
{
    public static string Partition(BillingAccount account, DateOnly day) =>
        TableKey.Join(RowText.Of(day), account.Key);

    public static TableFilter Period(DateOnly from, DateOnly to) =>
        TableFilter.Range("PartitionKey", RowText.Of(from), RowText.Of(to));
}
