using TokenLedger.Application.Days;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>What no run answers for, as rows of <c>unallocated</c>.</summary>
internal static class UnallocatedRows
{
    public static readonly TableColumns Columns = MakeColumns();

    public static IEnumerable<TableEntity> ToRows(ReconciledDay day, long revision, string generation) =>
        day.Unallocated.Select((part, number) => new LedgerRow(
                DayKeys.Partition(day.Settlement.Account, day.Settlement.Day),
                Generation.Key(generation, RowText.Narrow(number)))
            .Add("day", day.Settlement.Day)
            .Add("accountkey", day.Settlement.Account.Key)
            .Add("revision", revision)
            .Add("part", number)
            .Add("charge", part.ChargeId)
            .Add("reason", part.Reason.ToString())
            .AddLong("runs", part.Runs)
            .AddNanoCredits("grossnanocredits", "grossusdchart", part.GrossNanoCredits)
            .AddNanoCredits("netnanocredits", "netusdchart", part.NetNanoCredits)
            .ToEntity());

    public static UnallocatedRow FromRow(TableEntity row) => new(
        row.KnownText("charge"),
        row.KnownEnum<UnallocatedReason>("reason"),
        LongText.Read(row, "runs"),
        row.KnownInt64("grossnanocredits"),
        row.Int64("netnanocredits"));

    private static TableColumns MakeColumns()
    {
        var columns = new TableColumns
        {
            { "charge", TableColumnKind.Text }, { "reason", TableColumnKind.Text },
            { "grossnanocredits", TableColumnKind.Int64 }, { "netnanocredits", TableColumnKind.Int64 },
        };
        LongText.AddTo(columns, "runs");
        return columns;
    }
}
