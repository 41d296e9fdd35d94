using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Metrics;
using TokenLedger.Application.Outcomes;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Metrics;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reports;

/// <summary>Metrics and outcomes as tables.</summary>
public static class MetricTables
{
    /// <summary>One row a metric and group.</summary>
    /// <param name="report">What they are made of.</param>
    /// <param name="grouping">What is grouped by.</param>
    /// <param name="metric">The only metric; null for all.</param>
    public static Table Metrics(MetricsReport report, MetricGrouping grouping, string? metric) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"What the spend bought, {report.From:yyyy-MM-dd} to {report.To:yyyy-MM-dd} (exclusive)"),
        [
            new("group", grouping == MetricGrouping.All ? "Group" : grouping.ToString()) { OnlyWith = "group" },
            new("metric", "Metric"), new("value", "Value", ColumnKind.UnitPrice), new("unit", "Unit"),
            new("numerator", "Of", ColumnKind.UnitPrice, 2), new("denominator", "Per", ColumnKind.Count, 3),
            new("settledPercent", "Settled", ColumnKind.Percent, 4),
            new("provisionalPercent", "Provisional", ColumnKind.Percent, 5),
            new("estimatedPercent", "Estimated", ColumnKind.Percent, 6),
            new("unknownBecause", "Unknown because", Priority: 1), new("parts", "Parts", Priority: 7),
            new("formula", "Formula", Priority: 8),
        ],
        [
            .. MetricFold.Of(report.Input, grouping)
                .Where(value => metric is null
                    || string.Equals(value.Definition.Name, metric, StringComparison.Ordinal))
                .Select(Row),
        ],
        Notes:
        [
            "Gross spend: the settled bill, else the larger of bill and calibrated estimate. A run or pull request "
                + "counts in every group that has spent on it.",
            .. Unlinked(report),
        ]);

    /// <summary>One row a pull request or issue that the period's runs had to do with.</summary>
    /// <param name="report">What they are made of.</param>
    /// <param name="repository">Only this repository, as <c>owner/name</c> in any case; null for all.</param>
    public static Table Outcomes(MetricsReport report, string? repository)
    {
        var links = report.Work.Work.Values
            .SelectMany(work => work.Links.Select(link => (link, work.Run)))
            .Where(pair => repository is null
                || string.Equals(pair.link.Subject.Repository, repository, StringComparison.OrdinalIgnoreCase))
            .GroupBy(pair => pair.link.Subject)
            .OrderBy(group => group.Key);
        var spend = report.Input.Lines.Where(line => line.Run is not null).ToLookup(line => line.Run!.Key);
        var costs = report.Work.Work.ToDictionary(pair => pair.Key, pair => CostSubject.Of(pair.Value.Links));
        return new Table(
            string.Create(
                CultureInfo.InvariantCulture,
                $"What runs created or worked on, {report.From:yyyy-MM-dd} to {report.To:yyyy-MM-dd} (exclusive)"),
            [
                new("host", "Host", Priority: 8), new("repository", "Repository"),
                new("number", "Number", ColumnKind.Count), new("kind", "Kind", Priority: 4), new("state", "State"),
                new("author", "Author", Priority: 5), new("mergedBy", "Merged by", Priority: 6),
                new("createdAt", "Opened", Priority: 3), new("mergedAt", "Merged", Priority: 3),
                new("closedAt", "Closed", Priority: 7), new("linesChanged", "Lines", ColumnKind.Count, 2),
                new("changedFiles", "Files", ColumnKind.Count, 7),
                new("reviewComments", "Comments", ColumnKind.Count, 7),
                new("acceptedReviewComments", "Accepted", ColumnKind.Count, 7),
                new("revertedBy", "Reverted by", Priority: 5), new("runs", "Runs", ColumnKind.Count),
                new("relations", "Relations", Priority: 4), new("costUsd", "Cost", ColumnKind.Usd),
                new("settledPercent", "Settled", ColumnKind.Percent, 3),
            ],
            [
                .. links.Select(group => Row(
                    group.Key, [.. group.Select(pair => pair.link)], [.. group.Select(pair => pair.Run).Distinct()],
                    report.Work.Outcomes.GetValueOrDefault(group.Key),
                    MoneySum.Of(group.Select(pair => pair.Run).Distinct()
                        .Where(run => costs[run].Subject == group.Key).SelectMany(run => spend[run])))),
            ],
            Notes:
            [
                "Cost: gross spend in the period of runs that go to this pull request: the one a run created, else "
                    + "worked on. A run of several is in none of them.",
                .. Unlinked(report),
            ]);
    }

    private static IReadOnlyList<Cell> Row(MetricValue value)
    {
        var figure = value.Figure;
        return
        [
            value.Group, value.Definition.Name, figure.Value, MetricNames.Of(value.Definition.Unit),
            new Cell(
                null, figure.Numerator,
                IsAtLeast: figure is { Value: null, UnknownBecause: not MetricFigure.Nothing }),
            figure.Denominator, figure.Money?.SettledPercent, figure.Money?.ProvisionalPercent,
            figure.Money?.EstimatedPercent, figure.UnknownBecause,
            figure.Parts.Count == 0 ? Cell.Unknown : string.Join(
                "; ", figure.Parts.Select(part => $"{part.Name} {AmountOf(part)}")),
            value.Definition.Formula,
        ];
    }

    private static IReadOnlyList<Cell> Row(
        WorkSubject subject, IReadOnlyList<WorkLink> links, IReadOnlyList<RunKey> runs, Outcome? outcome,
        MoneySum cost) =>
    [
        subject.Host, subject.Repository, (long?)subject.Number,
        (outcome?.Kind ?? links.Select(link => link.Kind).FirstOrDefault(kind => kind is not null)) is { } kind
            ? OutcomeNames.Of(kind) : Cell.Unknown,
        outcome is null ? Cell.Unknown : OutcomeNames.Of(outcome.State), outcome?.Author, outcome?.MergedBy,
        Time(outcome?.CreatedAt), Time(outcome?.MergedAt), Time(outcome?.ClosedAt), outcome?.LinesChanged,
        outcome?.ChangedFiles, outcome?.ReviewComments, outcome?.AcceptedReviewComments, outcome?.RevertedBy,
        (long?)runs.Count,
        string.Join(", ", links.Select(link => link.Relation).Distinct().Order().Select(OutcomeNames.Of)),
        cost.UnknownLines > 0 ? Cell.Unknown : (decimal?)AiCredits.UsdFromNanoCredits(cost.NanoCredits),
        cost.SettledPercent,
    ];

    private static string AmountOf(MetricPart part) => part.Amount is { } amount
        ? ExactDecimalConverter.Trim(amount).ToString(CultureInfo.InvariantCulture) : "?";

    private static Cell Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Unlinked(MetricsReport report) => report.Unlinked.Select(
        pair => string.Create(
            CultureInfo.InvariantCulture, $"Linked to nothing, {OutcomeNames.Of(pair.Reason)}: {pair.Count}."));
}
