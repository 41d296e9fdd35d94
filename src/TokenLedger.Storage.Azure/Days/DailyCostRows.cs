using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>
/// Daily costs as rows of <c>dailycosts</c>; the revision begins their keys, so that none is overwritten.
/// </summary>
internal static class DailyCostRows
{
    public static readonly TableColumns Columns = new()
    {
        { "day", TableColumnKind.Text }, { "accountsource", TableColumnKind.Text },
        { "accountkind", TableColumnKind.Text }, { "accountname", TableColumnKind.Text },
        { "component", TableColumnKind.Text }, { "repository", TableColumnKind.Text },
        { "workflowpath", TableColumnKind.Text }, { "workflowname", TableColumnKind.Text },
        { "channel", TableColumnKind.Text }, { "model", TableColumnKind.Text },
        { "unallocatedreason", TableColumnKind.Text }, { "runs", TableColumnKind.Int32 },
        { "requests", TableColumnKind.Int64 }, { "inputtokens", TableColumnKind.Int64 },
        { "outputtokens", TableColumnKind.Int64 }, { "cachereadtokens", TableColumnKind.Int64 },
        { "cachewrite5mtokens", TableColumnKind.Int64 }, { "cachewrite1htokens", TableColumnKind.Int64 },
        { "reasoningtokens", TableColumnKind.Int64 }, { "unpricedrequests", TableColumnKind.Int64 },
        { "estimatedaicredits", TableColumnKind.Text }, { "billedgrossnanocredits", TableColumnKind.Int64 },
        { "billednetnanocredits", TableColumnKind.Int64 }, { "revision", TableColumnKind.Int64 },
    };

    public static IEnumerable<TableEntity> ToRows(ReconciledDay day, long revision) =>
        day.DailyCosts.Select((cost, number) => ToRow(day, cost, number, revision));

    public static string Key(long revision, int number) => $"{RowText.Narrow(revision)}|{RowText.Narrow(number)}";

    public static long RevisionFromRow(TableEntity row) => row.KnownInt64("revision");

    public static DailyCostRow FromRow(TableEntity row) => new(
        new BillingAccount(
            row.KnownText("accountsource"), row.KnownEnum<BillingAccountKind>("accountkind"),
            row.KnownText("accountname")),
        row.KnownDay("day"),
        row.KnownText("component"),
        row.Text("repository"),
        row.Text("workflowpath"),
        row.Text("workflowname"),
        new Channel(row.KnownText("channel")),
        row.Text("model"),
        row.Text("unallocatedreason") is null ? null : row.KnownEnum<UnallocatedReason>("unallocatedreason"),
        row.KnownInt32("runs"),
        row.KnownInt64("requests"),
        new TokenCounts(
            row.KnownInt64("inputtokens"), row.KnownInt64("outputtokens"), row.KnownInt64("cachereadtokens"),
            row.KnownInt64("cachewrite5mtokens"), row.KnownInt64("cachewrite1htokens"),
            row.KnownInt64("reasoningtokens")),
        row.KnownInt64("unpricedrequests"),
        row.Money("estimatedaicredits"),
        row.Int64("billedgrossnanocredits"),
        row.Int64("billednetnanocredits"));

    private static TableEntity ToRow(ReconciledDay day, DailyCostRow cost, int number, long revision) =>
        new LedgerRow(
                DayKeys.Partition(day.Settlement.Account, day.Settlement.Day),
                Key(revision, number))
            .Add("day", day.Settlement.Day)
            .Add("accountkey", day.Settlement.Account.Key)
            .Add("accountsource", day.Settlement.Account.Source)
            .Add("accountkind", day.Settlement.Account.Kind.ToString())
            .Add("accountname", day.Settlement.Account.Name)
            .Add("row", number)
            .Add("component", cost.Component)
            .Add("repository", cost.Repository)
            .Add("workflowpath", cost.WorkflowPath)
            .Add("workflowname", cost.WorkflowName)
            .Add("channel", cost.Channel.ToString())
            .Add("model", cost.Model)
            .Add("unallocatedreason", cost.UnallocatedReason?.ToString())
            .Add("runs", cost.Runs)
            .Add("requests", cost.Requests)
            .Add("inputtokens", cost.Tokens.Input)
            .Add("outputtokens", cost.Tokens.Output)
            .Add("cachereadtokens", cost.Tokens.CacheRead)
            .Add("cachewrite5mtokens", cost.Tokens.CacheWrite5m)
            .Add("cachewrite1htokens", cost.Tokens.CacheWrite1h)
            .Add("reasoningtokens", cost.Tokens.Reasoning)
            .Add("unpricedrequests", cost.UnpricedRequests)
            .AddMoney("estimatedaicredits", cost.EstimatedAiCredits)
            .AddNanoCredits("billedgrossnanocredits", "billedgrossusdchart", cost.BilledGrossNanoCredits)
            .AddNanoCredits("billednetnanocredits", "billednetusdchart", cost.BilledNetNanoCredits)
            .Add("revision", revision)
            .ToEntity();
}
