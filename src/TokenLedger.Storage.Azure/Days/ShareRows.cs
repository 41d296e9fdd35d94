using TokenLedger.Application.Days;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>Shares as rows of <c>shares</c>.</summary>
internal static class ShareRows
{
    public static readonly TableColumns Columns = MakeColumns();

    public static IEnumerable<TableEntity> ToRows(ReconciledDay day, long revision, string generation) =>
        day.Shares.Select((share, number) => ToRow(day.Settlement, share, number, revision, generation));

    public static ShareRow FromRow(TableEntity row) => new(
        row.KnownText("charge"),
        new RunKey(row.KnownText("host"), row.KnownInt64("runid"), row.KnownInt32("attempt")),
        row.KnownText("repository"),
        row.Text("workflowpath"),
        row.KnownEnum<Phase>("phase"),
        row.KnownEnum<Purpose>("purpose"),
        new Channel(row.KnownText("channel")),
        row.KnownText("model"),
        row.KnownBoolean("autoselected"),
        row.KnownText("servicetier"),
        row.KnownText("contextband"),
        row.KnownInt64("grossnanocredits"),
        row.Int64("netnanocredits"),
        row.KnownInt64("lownanocredits"),
        row.KnownInt64("highnanocredits"),
        row.KnownEnum<AllocationMethod>("method"),
        row.KnownEnum<Confidence>("confidence"),
        LongText.Read(row, "reasons"));

    private static TableEntity ToRow(
        DaySettlement settlement, ShareRow share, int number, long revision, string generation) => new LedgerRow(
            DayKeys.Partition(settlement.Account, settlement.Day),
            Generation.Key(generation, RowText.Narrow(number)))
        .Add("day", settlement.Day)
        .Add("accountkey", settlement.Account.Key)
        .Add("revision", revision)
        .Add("share", number)
        .Add("charge", share.ChargeId)
        .Add("host", share.Run.Host)
        .Add("runid", share.Run.RunId)
        .Add("attempt", share.Run.Attempt)
        .Add("repository", share.Repository)
        .Add("workflowpath", share.WorkflowPath)
        .Add("phase", share.Phase.ToString())
        .Add("purpose", share.Purpose.ToString())
        .Add("channel", share.Channel.ToString())
        .Add("model", share.Model)
        .Add("autoselected", share.IsAutoSelected)
        .Add("servicetier", share.ServiceTier)
        .Add("contextband", share.ContextBand)
        .AddNanoCredits("grossnanocredits", "grossusdchart", share.GrossNanoCredits)
        .AddNanoCredits("netnanocredits", "netusdchart", share.NetNanoCredits)
        .Add("lownanocredits", share.LowNanoCredits)
        .Add("highnanocredits", share.HighNanoCredits)
        .Add("method", share.Method.ToString())
        .Add("confidence", share.Confidence.ToString())
        .AddLong("reasons", share.Reasons)
        .ToEntity();

    private static TableColumns MakeColumns()
    {
        var columns = new TableColumns
        {
            { "charge", TableColumnKind.Text }, { "host", TableColumnKind.Text }, { "runid", TableColumnKind.Int64 },
            { "attempt", TableColumnKind.Int32 }, { "repository", TableColumnKind.Text },
            { "workflowpath", TableColumnKind.Text }, { "phase", TableColumnKind.Text },
            { "purpose", TableColumnKind.Text }, { "channel", TableColumnKind.Text },
            { "model", TableColumnKind.Text }, { "autoselected", TableColumnKind.Boolean },
            { "servicetier", TableColumnKind.Text }, { "contextband", TableColumnKind.Text },
            { "grossnanocredits", TableColumnKind.Int64 }, { "netnanocredits", TableColumnKind.Int64 },
            { "lownanocredits", TableColumnKind.Int64 }, { "highnanocredits", TableColumnKind.Int64 },
            { "method", TableColumnKind.Text }, { "confidence", TableColumnKind.Text },
        };
        LongText.AddTo(columns, "reasons");
        return columns;
    }
}
