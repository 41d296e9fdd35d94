using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Gap;

namespace TokenLedger.Application.Reports;

/// <summary>The way from the estimate to the bill, as tables.</summary>
public static class GapTables
{
    // For reading, like every published rate.
    private const int PercentDecimals = 4;

    private const string All = "all";
    private const string NotNamed = "(several or none)";

    /// <summary>One row an amount, between the estimate and the bill; of each group where there are groups.</summary>
    /// <param name="cells">The cells of a period.</param>
    /// <param name="grouping">What to tell it by.</param>
    /// <param name="withNet">Whether to go on to the net, where it is known.</param>
    public static Table Rows(IReadOnlyList<GapCell> cells, GapGrouping grouping, bool withNet) => new(
        "From the estimate to the bill",
        [
            new("group", "Group", Priority: 5), new("row", "Row", Priority: 6), new("part", "Part"),
            new("cause", "Because of", Priority: 2), new("aiCredits", "AI credits", ColumnKind.AiCredits),
            new("usd", "USD", ColumnKind.Usd, 3), new("percent", "Of the gap", ColumnKind.Percent, 1),
            new("mayHold", "May hold", Priority: 4), new("runs", "Runs", ColumnKind.Count, 5),
            new("nextStep", "Next step"),
        ],
        [.. Groups(cells, grouping).SelectMany(group => RowsOf(group.Key, group.Cells, withNet))]);

    /// <summary>The tables in reading order.</summary>
    /// <param name="cells">The cells of a period.</param>
    /// <param name="grouping">What to tell it by, beside the whole.</param>
    /// <param name="withNet">Whether to go on to the net, where it is known.</param>
    public static IReadOnlyList<Table> Of(IReadOnlyList<GapCell> cells, GapGrouping grouping, bool withNet)
    {
        var sum = GapSum.Of(cells);
        var whole = Rows(cells, GapGrouping.All, withNet);
        // What every row of the whole says alike is for those who read rows by machine.
        int[] shown = [2, 3, 4, 5, 6, 7, 9];
        var tables = new List<Table>
        {
            new(
                whole.Title,
                [.. shown.Select(at => whole.Columns[at])],
                [.. whole.Rows.Select(row => (IReadOnlyList<Cell>)[.. shown.Select(at => row[at])])],
                Notes: [.. NotesOf(sum, withNet)]),
        };
        if (grouping != GapGrouping.All)
            tables.Add(ByGroup(cells, grouping));
        return tables;
    }

    private static Table ByGroup(IReadOnlyList<GapCell> cells, GapGrouping grouping)
    {
        GapPart[] parts = [.. Enum.GetValues<GapPart>().Where(part => part != GapPart.Allowance)];
        return new Table(
            $"By {grouping.ToString().ToLowerInvariant()} (AI credits)",
            [
                new("group", grouping.ToString()), new("estimated", "Estimated", ColumnKind.AiCredits),
                .. parts.Select((part, at) => new Column(
                    WireNames.Of(part), WireNames.Of(part), ColumnKind.AiCredits,
                    part == GapPart.Rounding ? parts.Length + 1 : at + 1)),
                new("billed", "Billed", ColumnKind.AiCredits),
            ],
            [.. Groups(cells, grouping).Select(group => Row(group.Key, GapSum.Of(group.Cells)))],
            Row(All, GapSum.Of(cells)));

        IReadOnlyList<Cell> Row(string name, GapSum sum) =>
        [
            name, sum.EstimatedAiCredits,
            .. parts.Select(part => (Cell)(decimal?)sum.Amounts
                .Where(amount => amount.Part == part).Sum(amount => amount.AiCredits)),
            Credits(sum.BilledNanoCredits),
        ];
    }

    private static IEnumerable<IReadOnlyList<Cell>> RowsOf(string group, IReadOnlyList<GapCell> cells, bool withNet)
    {
        var sum = GapSum.Of(cells);
        var gap = Credits(sum.BilledNanoCredits) - sum.EstimatedAiCredits;
        yield return Row(
            "estimated", null, null, sum.EstimatedAiCredits,
            nextStep: sum.UnpricedRequests == 0 ? null : string.Create(
                CultureInfo.InvariantCulture, $"{sum.UnpricedRequests} requests without a price are not in it"));
        foreach (var amount in sum.Amounts)
        {
            yield return Row(
                "part", WireNames.Of(amount.Part), WireNames.Of(amount.Cause), amount.AiCredits,
                gap is null or 0 ? null
                    : decimal.Round(amount.AiCredits / gap.Value * 100m, PercentDecimals, MidpointRounding.ToEven),
                amount.MayHold.Count == 0 ? null : string.Join(", ", amount.MayHold.Select(WireNames.Of)),
                amount.Runs.Count == 0 ? null : amount.Runs.Count, GapNextStep.Of(amount, cells));
        }

        yield return Row("billed", null, null, Credits(sum.BilledNanoCredits));
        if (!withNet)
            yield break;
        yield return Row(
            "part", WireNames.Of(GapPart.Allowance), WireNames.Of(GapCause.IncludedOrDiscounted),
            Credits(sum.NetNanoCredits - sum.BilledNanoCredits));
        yield return Row("net", null, null, Credits(sum.NetNanoCredits));

        IReadOnlyList<Cell> Row(
            string row, string? part, string? cause, decimal? credits, decimal? percent = null, string? mayHold = null,
            long? runs = null, string? nextStep = null) =>
            [group, row, part ?? row, cause, credits, credits * 0.01m, percent, mayHold, runs, nextStep];
    }

    private static IEnumerable<string> NotesOf(GapSum sum, bool withNet)
    {
        yield return "Parts are substituted in this order; what the bill does not tell apart is one figure that says "
            + "what it may hold.";
        if (sum.BilledNanoCredits is null)
            yield return "No bill was seen.";
        if (sum.EstimatedAiCredits is null)
            yield return "No usage has an estimate.";
        if (withNet && sum.NetNanoCredits is null)
            yield return "The net of a bill is unknown, so there is no way from gross to net.";
    }

    private static IEnumerable<(string Key, IReadOnlyList<GapCell> Cells)> Groups(
        IReadOnlyList<GapCell> cells, GapGrouping grouping) => grouping == GapGrouping.All
        ? [(All, cells)]
        : cells
            .GroupBy(cell => KeyOf(cell, grouping), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<GapCell>)[.. group]));

    private static string KeyOf(GapCell cell, GapGrouping grouping) => grouping switch
    {
        GapGrouping.Account => cell.Account?.Key ?? "(no known bill)",
        GapGrouping.Day => cell.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => cell.Model is var (channel, name) ? $"{channel} {name}" : NotNamed,
    };

    private static decimal? Credits(long? nanoCredits) =>
        nanoCredits is { } known ? AiCredits.FromNanoCredits(known) : null;
}
