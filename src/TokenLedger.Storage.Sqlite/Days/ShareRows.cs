using Microsoft.Data.Sqlite;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Sqlite.Days;

/// <summary>Shares as rows of <c>shares</c>.</summary>
internal static class ShareRows
{
    public static readonly IReadOnlyList<string> ColumnNames =
    [
        "charge", "host", "runid", "attempt", "repository", "workflowpath", "phase", "purpose", "channel", "model",
        "autoselected", "servicetier", "contextband", "grossnanocredits", "netnanocredits", "lownanocredits",
        "highnanocredits", "method", "confidence", "reasons",
        "day", "accountkey", "revision", "share", "grossusdchart", "netusdchart",
    ];

    public static readonly string Selected = string.Join(',', ColumnNames.Select(name => "t." + name));

    /// <param name="writer">Where to.</param>
    /// <param name="settlement">The account and day.</param>
    /// <param name="share">The share.</param>
    /// <param name="number">Its place within the day's order, from 0.</param>
    /// <param name="revision">The day's revision.</param>
    public static void ToRow(RowWriter writer, DaySettlement settlement, ShareRow share, int number, long revision) =>
        writer.Write(
            share.ChargeId,
            share.Run.Host,
            share.Run.RunId,
            share.Run.Attempt,
            share.Repository,
            share.WorkflowPath,
            share.Phase.ToString(),
            share.Purpose.ToString(),
            share.Channel.ToString(),
            share.Model,
            share.IsAutoSelected,
            share.ServiceTier,
            share.ContextBand,
            share.GrossNanoCredits,
            share.NetNanoCredits,
            share.LowNanoCredits,
            share.HighNanoCredits,
            share.Method.ToString(),
            share.Confidence.ToString(),
            share.Reasons,
            Columns.Text(settlement.Day),
            settlement.Account.Key,
            revision,
            number,
            Columns.UsdChart(share.GrossNanoCredits),
            Columns.UsdChart(share.NetNanoCredits));

    public static ShareRow FromRow(SqliteDataReader row) => new(
        row.GetString(0),
        new RunKey(row.GetString(1), row.GetInt64(2), row.GetInt32(3)),
        row.GetString(4),
        row.TextOrNull(5),
        row.Enum<Phase>(6),
        row.Enum<Purpose>(7),
        new Channel(row.GetString(8)),
        row.GetString(9),
        row.GetBoolean(10),
        row.GetString(11),
        row.GetString(12),
        row.GetInt64(13),
        row.NumberOrNull(14),
        row.GetInt64(15),
        row.GetInt64(16),
        row.Enum<AllocationMethod>(17),
        row.Enum<Confidence>(18),
        row.GetString(19));
}
