using System.Globalization;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reports;

/// <summary>Runs, one row each, with the three claims about them.</summary>
public static class RunTable
{
    /// <summary>The table.</summary>
    /// <param name="title">One line above it.</param>
    /// <param name="runs">Runs with their priced slices.</param>
    public static Table Of(string title, IReadOnlyList<(LedgerRun Run, IReadOnlyList<PricedSlice> Slices)> runs) => new(
        title,
        [
            new("run", "Run"), new("repository", "Repository"), new("workflow", "Workflow", Priority: 2),
            new("startedAt", "Started", Priority: 4), new("engine", "Engine", Priority: 5),
            new("payer", "Payer", Priority: 6),
            new("requests", "Requests", ColumnKind.Count, 3), new("tokens", "Tokens", ColumnKind.Count, 1),
            new("proxyReportedAiCredits", "Proxy", ColumnKind.FineAiCredits),
            new("sessionReportedAiCredits", "Session", ColumnKind.FineAiCredits),
            new("estimatedAiCredits", "Estimated", ColumnKind.FineAiCredits),
            new("headBranch", "Branch", Priority: 7), new("issue", "Issue", ColumnKind.Count, 8) { OnlyWith = "issue" },
        ],
        [.. runs.Select(run => Row(run.Run, run.Slices))],
        Notes: [.. runs.SelectMany(run => run.Run.Warnings
            .Select(warning => string.Create(
                CultureInfo.InvariantCulture,
                $"Run {run.Run.Facts.Key.RunId}/{run.Run.Facts.Key.Attempt}: {warning.Message} ({warning.Code})")))]);

    private static IReadOnlyList<Cell> Row(LedgerRun run, IReadOnlyList<PricedSlice> slices)
    {
        var facts = run.Facts;
        var priced = slices.Where(slice => slice.EstimatedAiCredits is not null).ToList();
        return
        [
            facts.Key.ToString(), facts.Repository, facts.WorkflowName ?? facts.WorkflowPath,
            facts.StartedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), facts.Engine,
            facts.Payer.ToString(),
            (long?)slices.Aggregate(0L, (sum, slice) => checked(sum + slice.Requests)),
            run.HasTelemetry ? (long?)slices.Aggregate(0L, (sum, slice) => checked(sum + slice.Tokens.Total))
                : Cell.Unknown,
            run.Report.ProxyReportedAiCredits, run.Report.SessionReportedAiCredits,
            priced.Count == 0 ? Cell.Unknown : (decimal?)priced.Sum(slice => slice.EstimatedAiCredits!.Value.Total),
            facts.HeadBranch, facts.Issue,
        ];
    }
}
