using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Days;
using TokenLedger.Application.Settlements;

namespace TokenLedger.Application.Reports;

/// <summary>What was recorded of a period by a time, as tables.</summary>
public static class RecordedPeriodTables
{
    /// <summary>The tables in reading order.</summary>
    public static IReadOnlyList<Table> Of(RecordedPeriod period) => [Workflows(period), Bill(period), Days(period)];

    /// <summary>One row an account and day.</summary>
    public static Table Days(RecordedPeriod period) => new(
        "Days",
        [
            new("day", "Day"), new("account", "Account"), new("status", "Status"), new("reason", "Reason", Priority: 3),
            new("revision", "Revision", ColumnKind.Count, 2), new("recordedAt", "Recorded"),
            new("estimatedAiCredits", "Estimated", ColumnKind.AiCredits),
            new("billedAiCredits", "Billed", ColumnKind.AiCredits),
            new("allocatedAiCredits", "Answered for", ColumnKind.AiCredits),
            new("unallocatedAiCredits", "Unallocated", ColumnKind.AiCredits),
        ],
        [.. period.Days.Select(day => day.Head).Select(head => (IReadOnlyList<Cell>)
        [
            Day(head.Settlement.Day), head.Settlement.Account.Key, WireNames.Of(head.Settlement.Status),
            head.Settlement.Reason is { } reason ? WireNames.Of(reason) : null, (long?)head.Revision,
            Time(head.ReconciledAt), head.Totals.EstimatedAiCredits, Credits(head.Totals.BilledGrossNanoCredits),
            Credits(head.Totals.AllocatedGrossNanoCredits), Credits(head.Totals.UnallocatedGrossNanoCredits),
        ])]);

    private static Table Workflows(RecordedPeriod period)
    {
        var rows = period.Days
            .SelectMany(day => day.Shares)
            .GroupBy(share => (share.Repository, share.WorkflowPath, share.Model))
            .Select(group => (
                group.Key,
                Runs: group.Select(share => share.Run).Distinct().Count(),
                Billed: BilledSum.Of(
                    group.Select(share => new BilledSum(share.GrossNanoCredits, share.NetNanoCredits)))))
            .OrderByDescending(row => row.Billed.AiCredits)
            .ThenBy(row => row.Key.Repository, StringComparer.Ordinal)
            .ThenBy(row => row.Key.WorkflowPath, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Model, StringComparer.Ordinal)
            .ToList();
        return new Table(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Recorded before {Time(period.RecordedBefore)}: {Day(period.From)} to {Day(period.To)}, exclusive"),
            [
                new("repository", "Repository"), new("workflowPath", "Workflow"), new("model", "Model"),
                new("runs", "Runs", ColumnKind.Count, 1), new("billedAiCredits", "Billed", ColumnKind.AiCredits),
                new("billedGrossUsd", "Gross USD", ColumnKind.Usd), new("billedNetUsd", "Net USD", ColumnKind.Usd),
            ],
            [.. rows.Select(row => (IReadOnlyList<Cell>)
            [
                row.Key.Repository, row.Key.WorkflowPath, row.Key.Model, (long?)row.Runs, row.Billed.AiCredits,
                row.Billed.GrossUsd, row.Billed.NetUsd,
            ])]);
    }

    private static Table Bill(RecordedPeriod period)
    {
        var answered = BilledSum.Of(period.Days
            .SelectMany(day => day.Shares)
            .Select(share => new BilledSum(share.GrossNanoCredits, share.NetNanoCredits)));
        var rest = period.Days.SelectMany(day => day.Unallocated).ToList();
        var rows = new List<IReadOnlyList<Cell>> { Row("Answered for by runs", answered) };
        rows.AddRange(rest
            .GroupBy(part => part.Reason)
            .OrderBy(group => group.Key)
            .Select(group => Row("Unallocated: " + WireNames.Of(group.Key), SumOf(group))));
        var open = period.Days.Count(day => day.Head.Totals.BilledGrossNanoCredits is null);
        return new Table(
            "The bill of AI usage, as it was recorded",
            [
                new("part", "Part"), new("billedAiCredits", "AI credits", ColumnKind.AiCredits),
                new("billedGrossUsd", "Gross USD", ColumnKind.Usd), new("billedNetUsd", "Net USD", ColumnKind.Usd),
            ],
            rows,
            Row("Bill", BilledSum.Of([answered, SumOf(rest)])),
            open == 0 ? null : [FormattableString.Invariant($"Days whose bill had not been seen: {open}.")]);
    }

    private static BilledSum SumOf(IEnumerable<UnallocatedRow> parts) =>
        BilledSum.Of(parts.Select(part => new BilledSum(part.GrossNanoCredits, part.NetNanoCredits)));

    private static IReadOnlyList<Cell> Row(string part, BilledSum sum) =>
        [part, sum.AiCredits, sum.GrossUsd, sum.NetUsd];

    private static decimal? Credits(long? nanoCredits) =>
        nanoCredits is { } known ? new BilledSum(known, null).AiCredits : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
