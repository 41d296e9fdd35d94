using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Statements;

namespace TokenLedger.Application.Reports;

/// <summary>A statement as a table whose rows add up to the bill.</summary>
public static class StatementTables
{
    private const string Unknown = "(not known)";
    private const string Spread = "spreadUsd";

    /// <summary>The statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="groupings">What it is grouped by.</param>
    /// <param name="spread">How the unallocated part is spread.</param>
    /// <param name="title">Whose it is, and of which period.</param>
    public static Table Of(
        Statement statement, IReadOnlyList<StatementGrouping> groupings, StatementSpread spread, string title) => new(
        $"{title}, {(statement.IsFinal ? "final" : "DRAFT: not every bill is final")}, US dollars",
        [
            .. groupings.Select(grouping => new Column(KeyOf(grouping), NameOf(grouping))),
            new("state", "State"), new("runs", "Runs", ColumnKind.Count),
            new("requests", "Requests", ColumnKind.Count, 3), new("billedGrossUsd", "Billed gross", ColumnKind.Usd),
            new("settledGrossUsd", "of it final", ColumnKind.Usd, 2),
            new("billedNetUsd", "Billed net", ColumnKind.Usd, 1),
            new("netUnknownGrossUsd", "Net unknown of", ColumnKind.Usd, 4),
            new("expectedUsd", "Expected", ColumnKind.Usd, 1), new(Spread, "Spread", ColumnKind.Usd),
            new("chargedUsd", "Charged", ColumnKind.Usd), new("unpricedRequests", "Unpriced", ColumnKind.Count, 3),
            new("actionsMinutesUsd", "Actions minutes", ColumnKind.Usd, 4), new("otherUsd", "Other", ColumnKind.Usd, 4),
        ],
        [.. statement.Rows.Select(row => Row(row, groupings.Count))],
        Totals(statement, groupings.Count),
        [Note(spread), "Gross is before included credits and discounts; expected is not on the bill yet. "
            + "Actions minutes and other products are never added to AI usage."]);

    private static IReadOnlyList<Cell> Row(StatementRow row, int groupings) =>
    [
        .. row.UnallocatedReason is null
            ? row.Values.Select(value => (Cell)(value ?? Unknown))
            : Enumerable.Repeat((Cell)"(unallocated)", groupings),
        row.UnallocatedReason is { } reason ? $"unallocated: {WireNames.Of(reason)}" : "runs", (long?)row.Runs,
        .. Figures(row.Figures, row.SpreadNanoCredits),
    ];

    private static IReadOnlyList<Cell> Totals(Statement statement, int groupings) =>
    [
        "Bill", .. Enumerable.Repeat((Cell)"", groupings - 1), statement.IsFinal ? "final" : "draft",
        (long?)statement.Runs, .. Figures(statement.Total, 0),
    ];

    private static IEnumerable<Cell> Figures(StatementFigures figures, long spread) =>
    [
        (long?)figures.Requests, Usd(figures.BilledNanoCredits), Usd(figures.SettledNanoCredits),
        figures.NetNanoCredits is { } net ? Usd(net) : Cell.Unknown, Usd(figures.NetUnknownGrossNanoCredits),
        Usd(figures.ExpectedNanoCredits), Usd(spread), Usd(checked(figures.BilledNanoCredits + spread)),
        (long?)figures.UnpricedRequests, Usd(figures.ActionsMinutesNanoCredits), Usd(figures.OtherNanoCredits),
    ];

    private static Cell Usd(long nanoCredits) => (decimal?)AiCredits.UsdFromNanoCredits(nanoCredits);

    private static string Note(StatementSpread spread) => spread switch
    {
        StatementSpread.BySpend => "What no run answers for is spread in proportion to what groups were billed.",
        StatementSpread.Even => "What no run answers for is spread over all groups alike.",
        StatementSpread.ByWeight => "What no run answers for is spread by the configured weights.",
        _ => "What no run answers for is spread over nobody.",
    };

    private static string KeyOf(StatementGrouping grouping) => grouping.Tag is { } tag ? $"tag:{tag}"
        : char.ToLowerInvariant(grouping.Dimension.ToString()[0]) + grouping.Dimension.ToString()[1..];

    private static string NameOf(StatementGrouping grouping) =>
        grouping.Tag is { } tag ? $"Tag {tag}" : grouping.Dimension.ToString();
}
