using TokenLedger.Application.Days;
using System.Globalization;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Reports;

/// <summary>
/// A reconciliation as tables a person reads from top to bottom: who used it, where the bill went, what differs.
/// </summary>
public static class ReconciliationTables
{
    // A screen's worth; the artifact has all of them.
    private const int WarningsMax = 12;

    /// <summary>The tables in reading order.</summary>
    public static IReadOnlyList<Table> Of(ReconciliationDocument document)
    {
        var runs = RunTotals.Of(document);
        var tables = new List<Table> { WorkflowTable.Of(document, runs) };
        if (document.Totals is { BilledAiCredits: { } billed, BilledGrossUsd: { } gross })
            tables.Add(Bill(document, runs, new Tally(billed, gross, document.Totals.BilledNetUsd)));
        if (OtherComponents(document) is { } others)
            tables.Add(others);
        if (PersonTable.Of(document) is { } people)
            tables.Add(people);
        if (IncludedCreditsTable.Of(document) is { } included)
            tables.Add(included);
        if (CreditPoolTable.Of(document) is { } pools)
            tables.Add(pools);
        if (ClaimsTable.Of(document, runs) is { } compared)
            tables.Add(compared);
        tables.Add(Summary(document));
        return tables;
    }

    /// <summary>One row a run, for CSV.</summary>
    public static Table Runs(ReconciliationDocument document) => new(
        "Runs",
        [
            new("host", "Host"), new("repository", "Repository"), new("runId", "Run", ColumnKind.Count),
            new("attempt", "Attempt", ColumnKind.Count), new("workflowName", "Workflow"), new("workflowPath", "Path"),
            new("payer", "Payer"), new("settlement", "Settlement"),
            new("estimatedAiCredits", "Estimated", ColumnKind.AiCredits),
            new("proxyReportedAiCredits", "Proxy", ColumnKind.AiCredits),
            new("sessionReportedAiCredits", "Session", ColumnKind.AiCredits),
            new("billedAiCredits", "Billed", ColumnKind.AiCredits), new("billedGrossUsd", "Gross USD", ColumnKind.Usd),
            new("billedNetUsd", "Net USD", ColumnKind.Usd),
        ],
        [.. document.Runs.Select(run => (IReadOnlyList<Cell>)
        [
            run.Host, run.Repository, (long?)run.RunId, (long?)run.Attempt, run.WorkflowName, run.WorkflowPath,
            run.Payer,
            run.Settlement, run.EstimatedAiCredits, run.ProxyReportedAiCredits, run.SessionReportedAiCredits,
            run.BilledAiCredits, run.BilledGrossUsd, run.BilledNetUsd,
        ])]);

    private static Table Bill(ReconciliationDocument document, RunTotals runs, Tally billed)
    {
        var usage = document.Charges
            .Where(charge => string.Equals(charge.Component, Components.AiUsage, StringComparison.Ordinal))
            .Select(charge => charge.Id)
            .ToHashSet(StringComparer.Ordinal);
        var rows = new List<IReadOnlyList<Cell>>
        {
            Row("Answered for by runs", runs.Answered),
        };
        rows.AddRange(document.Unallocated
            .Where(part => usage.Contains(part.ChargeId))
            .GroupBy(part => part.Reason, StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(part => part.BilledGrossUsd))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Row($"Unallocated: {group.Key}", Tally.Sum(group.Select(part =>
                new Tally(part.BilledAiCredits, part.BilledGrossUsd, part.BilledNetUsd))))));
        return new Table(
            "Where the AI bill went",
            [
                new("part", "Part"), new("billedAiCredits", "AI credits", ColumnKind.AiCredits),
                new("billedGrossUsd", "Gross USD", ColumnKind.Usd), new("billedNetUsd", "Net USD", ColumnKind.Usd, 1),
                new("percent", "Of the bill", ColumnKind.Percent, 2),
            ],
            rows,
            Row("Billed", billed));

        IReadOnlyList<Cell> Row(string name, Tally tally) =>
        [
            name, (decimal?)tally.AiCredits, (decimal?)tally.GrossUsd, tally.NetUsd,
            billed.AiCredits == 0 ? Cell.Unknown : (decimal?)(tally.AiCredits / billed.AiCredits * 100m),
        ];
    }

    private static Table? OtherComponents(ReconciliationDocument document)
    {
        var rows = document.Totals.Components
            .Where(component => !string.Equals(component.Component, Components.AiUsage, StringComparison.Ordinal))
            .Where(component =>
                component.BilledGrossUsd is not (null or 0) || component.BilledNetUsd is not (null or 0))
            .Select(
                component => (
                    IReadOnlyList<Cell>)[component.Component, component.BilledGrossUsd,
                    component.BilledNetUsd])
            .ToList();
        return rows.Count == 0 ? null : new Table(
            "Beside AI usage on the same bill (never added to it)",
            [new("component", "Component"), new("billedGrossUsd", "Gross USD", ColumnKind.Usd),
                new("billedNetUsd", "Net USD", ColumnKind.Usd)],
            rows);
    }

    private static Table Summary(ReconciliationDocument document)
    {
        var totals = document.Totals;
        var days = document.Settlement
            .GroupBy(day => day.Status, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => FormattableString.Invariant($"{group.Count()} {group.Key}"));
        List<string> notes =
        [
            FormattableString.Invariant(
                $"Runs with a token log: {totals.RunsWithTelemetry} of {totals.Runs}."),
            FormattableString.Invariant($"Requests without a price: {totals.UnpricedRequests}."),
            $"Attributed by evidence: {Percent(totals.EvidencePercent, " of the AI bill", "no bill")}.",
            $"Drift: {Percent(totals.DriftPercent, "", "not identifiable (no settled, complete bucket of its own)")}.",
            .. Expected(totals),
            $"Billed days: {string.Join(", ", days)}. UTC days; 1 AI credit = 0.01 USD; estimates are list price.",
        ];
        notes.AddRange(
            document.Warnings.Take(WarningsMax).Select(warning => $"Warning {warning.Code}: {warning.Message}"));
        if (document.Warnings.Count > WarningsMax)
            notes.Add(
                FormattableString.Invariant(
                    $"… and {document.Warnings.Count - WarningsMax} more warnings in the artifact."));
        return new Table("", [], [], Notes: notes);
    }

    private static IEnumerable<string> Expected(TotalsEntry totals)
    {
        if (totals.CalibratedAiCredits is { } expected)
            yield return FormattableString.Invariant($"Not billed yet, expected: {expected:#,##0.000} AI credits (")
                + FormattableString.Invariant($"{totals.CalibratedLowAiCredits:#,##0.000} to ")
                + FormattableString.Invariant($"{totals.CalibratedHighAiCredits:#,##0.000}).");
    }

    private static string Percent(decimal? percent, string suffix, string unknown) =>
        percent is { } value ? value.ToString("0.0", CultureInfo.InvariantCulture) + " %" + suffix : unknown;
}
