using Microsoft.Data.Sqlite;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Storage.Sqlite.Days;

/// <summary>What no run answers for, as rows of <c>unallocated</c>.</summary>
internal static class UnallocatedRows
{
    public static readonly IReadOnlyList<string> ColumnNames =
    [
        "charge", "reason", "runs", "grossnanocredits", "netnanocredits",
        "day", "accountkey", "revision", "part", "grossusdchart", "netusdchart",
    ];

    public static readonly string Selected = string.Join(',', ColumnNames.Select(name => "t." + name));

    /// <param name="writer">Where to.</param>
    /// <param name="settlement">The account and day.</param>
    /// <param name="part">The part.</param>
    /// <param name="number">Its place within the day's order, from 0.</param>
    /// <param name="revision">The day's revision.</param>
    public static void ToRow(
        RowWriter writer, DaySettlement settlement, UnallocatedRow part, int number, long revision) => writer.Write(
        part.ChargeId,
        part.Reason.ToString(),
        part.Runs,
        part.GrossNanoCredits,
        part.NetNanoCredits,
        Columns.Text(settlement.Day),
        settlement.Account.Key,
        revision,
        number,
        Columns.UsdChart(part.GrossNanoCredits),
        Columns.UsdChart(part.NetNanoCredits));

    public static UnallocatedRow FromRow(SqliteDataReader row) => new(
        row.GetString(0), row.Enum<UnallocatedReason>(1), row.GetString(2), row.GetInt64(3), row.NumberOrNull(4));
}
