using Microsoft.Data.Sqlite;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Sqlite.Days;

/// <summary>Daily costs as rows of <c>dailycosts</c>.</summary>
internal static class DailyCostRows
{
    public static readonly IReadOnlyList<string> ColumnNames =
    [
        "day", "accountsource", "accountkind", "accountname", "component", "repository", "workflowpath",
        "workflowname", "channel", "model", "unallocatedreason", "runs", "requests", "inputtokens", "outputtokens",
        "cachereadtokens", "cachewrite5mtokens", "cachewrite1htokens", "reasoningtokens", "unpricedrequests",
        "estimatedaicredits", "billedgrossnanocredits", "billednetnanocredits",
        "accountkey", "row", "estimatedaicreditschart", "billedgrossusdchart", "billednetusdchart",
    ];

    public static readonly string Select = $"SELECT {string.Join(',', ColumnNames)} FROM dailycosts ";

    /// <param name="writer">Where to.</param>
    /// <param name="settlement">The account and day.</param>
    /// <param name="cost">The row.</param>
    /// <param name="number">Its place within the day's order, from 0.</param>
    public static void ToRow(RowWriter writer, DaySettlement settlement, DailyCostRow cost, int number) =>
        writer.Write(
            Columns.Text(settlement.Day),
            settlement.Account.Source,
            settlement.Account.Kind.ToString(),
            settlement.Account.Name,
            cost.Component,
            cost.Repository,
            cost.WorkflowPath,
            cost.WorkflowName,
            cost.Channel.ToString(),
            cost.Model,
            cost.UnallocatedReason?.ToString(),
            cost.Runs,
            cost.Requests,
            cost.Tokens.Input,
            cost.Tokens.Output,
            cost.Tokens.CacheRead,
            cost.Tokens.CacheWrite5m,
            cost.Tokens.CacheWrite1h,
            cost.Tokens.Reasoning,
            cost.UnpricedRequests,
            Columns.Text(cost.EstimatedAiCredits),
            cost.BilledGrossNanoCredits,
            cost.BilledNetNanoCredits,
            settlement.Account.Key,
            number,
            Columns.Chart(cost.EstimatedAiCredits),
            Columns.UsdChart(cost.BilledGrossNanoCredits),
            Columns.UsdChart(cost.BilledNetNanoCredits));

    public static DailyCostRow FromRow(SqliteDataReader row) => new(
        new BillingAccount(row.GetString(1), row.Enum<BillingAccountKind>(2), row.GetString(3)),
        row.Day(0),
        row.GetString(4),
        row.TextOrNull(5),
        row.TextOrNull(6),
        row.TextOrNull(7),
        new Channel(row.GetString(8)),
        row.TextOrNull(9),
        row.IsDBNull(10) ? null : row.Enum<UnallocatedReason>(10),
        row.GetInt32(11),
        row.GetInt64(12),
        new TokenCounts(
            row.GetInt64(13), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16), row.GetInt64(17),
            row.GetInt64(18)),
        row.GetInt64(19),
        row.MoneyOrNull(20),
        row.NumberOrNull(21),
        row.NumberOrNull(22));
}
