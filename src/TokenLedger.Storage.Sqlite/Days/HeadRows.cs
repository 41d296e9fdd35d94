using Microsoft.Data.Sqlite;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Storage.Sqlite.Days;

/// <summary>Heads of days as rows of <c>settlements</c>.</summary>
internal static class HeadRows
{
    public static readonly IReadOnlyList<string> ColumnNames =
    [
        "day", "accountkey", "accountsource", "accountkind", "accountname", "status", "observations", "firstseenat",
        "lastchangedat", "revision", "inputhash", "reconciledat", "estimatedaicredits", "billedgrossnanocredits",
        "billednetnanocredits", "allocatedgrossnanocredits", "unallocatedgrossnanocredits", "runs",
        "unpricedrequests", "estimatedaicreditschart", "billedgrossusdchart", "billednetusdchart",
        "allocatedgrossusdchart", "unallocatedgrossusdchart", "reason", "revisionkind", "settledat", "billhash",
        "resulthash",
    ];

    public static readonly string Selected = string.Join(',', ColumnNames);

    public static readonly string Select = $"SELECT {Selected} FROM settlements ";

    public static void ToRow(RowWriter writer, ReconciledDay day, long revision)
    {
        var settlement = day.Settlement;
        var totals = day.Totals;
        writer.Write(
            Columns.Text(settlement.Day),
            settlement.Account.Key,
            settlement.Account.Source,
            settlement.Account.Kind.ToString(),
            settlement.Account.Name,
            settlement.Status.ToString(),
            settlement.Observations,
            Columns.TextOrNull(settlement.FirstSeenAt),
            Columns.TextOrNull(settlement.LastChangedAt),
            revision,
            day.InputHash,
            Columns.Text(day.ReconciledAt),
            Columns.Text(totals.EstimatedAiCredits),
            totals.BilledGrossNanoCredits,
            totals.BilledNetNanoCredits,
            totals.AllocatedGrossNanoCredits,
            totals.UnallocatedGrossNanoCredits,
            totals.Runs,
            totals.UnpricedRequests,
            Columns.Chart(totals.EstimatedAiCredits),
            Columns.UsdChart(totals.BilledGrossNanoCredits),
            Columns.UsdChart(totals.BilledNetNanoCredits),
            Columns.UsdChart(totals.AllocatedGrossNanoCredits),
            Columns.UsdChart(totals.UnallocatedGrossNanoCredits),
            settlement.Reason?.ToString(),
            day.Change.Kind.ToString(),
            Columns.TextOrNull(day.Change.SettledAt),
            day.Change.BillHash,
            day.Change.ResultHash);
    }

    public static DayHead FromRow(SqliteDataReader row) => new(
        new DaySettlement(
            new BillingAccount(row.GetString(2), row.Enum<BillingAccountKind>(3), row.GetString(4)),
            row.Day(0),
            row.Enum<SettlementStatus>(5),
            row.GetInt32(6),
            row.TimeOrNull(7),
            row.TimeOrNull(8))
        {
            Reason = row.IsDBNull(24) ? null : row.Enum<SettlementReason>(24),
        },
        row.GetInt64(9),
        row.GetString(10),
        row.Time(11),
        new DayTotals(
            row.MoneyOrNull(12), row.NumberOrNull(13), row.NumberOrNull(14), row.NumberOrNull(15),
            row.NumberOrNull(16), row.GetInt32(17), row.GetInt64(18)))
    {
        // Heads of an earlier version do not say.
        Change = row.IsDBNull(25)
            ? DayChange.OfEarlierVersion(row.Enum<SettlementStatus>(5), row.Time(11))
            : new DayChange(row.Enum<RevisionKind>(25), row.TimeOrNull(26), row.GetString(27), row.GetString(28)),
    };
}
