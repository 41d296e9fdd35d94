using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Reports;

/// <summary>What each workflow used, was estimated at and was billed.</summary>
internal static class WorkflowTable
{
    private const string Minutes = "actionsMinutes";

    private static readonly string ProRata = WireNames.Of(AllocationMethod.ProRata);

    public static Table Of(ReconciliationDocument document)
    {
        var scope = document.Scope;
        var period = document.Period;
        var name = scope.CostCenter is null ? scope.Name : $"{scope.Name} ({scope.CostCenter})";
        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {period.Start:yyyy-MM-dd} to {period.End:yyyy-MM-dd} (end exclusive), AI credits");
        return new Table(
            title,
            [
                new("workflow", "Workflow"), new("repository", "Repository", Priority: 2),
                new("runs", "Runs", ColumnKind.Count),
                new("tokens", "Tokens", ColumnKind.Count, 1),
                new("estimatedAiCredits", "Estimated", ColumnKind.AiCredits),
                new("unbilledEstimatedAiCredits", "of it unbilled", ColumnKind.AiCredits, 2),
                new("billedAiCredits", "Billed", ColumnKind.AiCredits),
                new("billedNetUsd", "Net USD", ColumnKind.Usd, 4),
                new("driftPercent", "Drift", ColumnKind.Percent, 3), new("confidence", "Confidence"),
                new(Minutes, "Actions minutes", ColumnKind.Count, 5) { OnlyWith = Minutes },
                new("runsWithoutActionsMinutes", "Minutes unknown", ColumnKind.Count, 6) { OnlyWith = Minutes },
            ],
            [.. document.Runs
                .GroupBy(run => (run.Repository, Name: NameOf(run)))
                .OrderByDescending(group => group.Sum(run => run.BilledAiCredits ?? 0))
                .ThenByDescending(group => group.Sum(run => run.EstimatedAiCredits ?? 0))
                .ThenBy(group => group.Key.Repository, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
                .Select(group => Row(group.Key.Name, group.Key.Repository, [.. group]))],
            Row("All runs", "", document.Runs));
    }

    public static string NameOf(RunEntry run) => run.WorkflowName ?? run.WorkflowPath ?? "(workflow unknown)";

    private static IReadOnlyList<Cell> Row(string name, string repository, IReadOnlyList<RunEntry> runs)
    {
        var models = runs.SelectMany(run => run.Models).ToList();
        var shares = models.SelectMany(model => model.Shares).ToList();
        return
        [
            name, repository, (long?)runs.Count, (long?)models.Aggregate(
                0L, (sum, model) => checked(sum + TokensOf(model))),
            SumOrUnknown(runs.Select(run => run.EstimatedAiCredits)),
            (decimal?)models.Where(model => model.Shares.Count == 0).Sum(model => model.EstimatedAiCredits ?? 0),
            SumOrUnknown(runs.Select(run => run.BilledAiCredits)),
            shares.Count == 0 || shares.Any(share => share.BilledNetUsd is null)
                ? Cell.Unknown
                : (decimal?)shares.Sum(share => share.BilledNetUsd!.Value),
            DriftOf(models),
            ConfidenceOf(shares),
            MinutesOf(runs),
            (long?)runs.Count(run => run.ActionsMinutes is null),
        ];
    }

    // Of every attempt's jobs, as GitHub Actions counts them; only collected runs have them.
    private static Cell MinutesOf(IReadOnlyList<RunEntry> runs)
    {
        var known = runs.Select(run => run.ActionsMinutes).OfType<long>().ToList();
        if (known.Count == 0)
            return Cell.Unknown;
        return new Cell(
            null, known.Aggregate(0L, (sum, minutes) => checked(sum + minutes)), IsAtLeast: known.Count < runs.Count);
    }

    private static long TokensOf(ModelEntry model) => checked(
        model.InputTokens + model.OutputTokens + model.CacheReadTokens + model.CacheWrite5mTokens
            + model.CacheWrite1hTokens);

    private static decimal? SumOrUnknown(IEnumerable<decimal?> figures)
    {
        var known = figures.OfType<decimal>().ToList();
        return known.Count == 0 ? null : known.Sum();
    }

    // Elsewhere a share is capped by the estimate, and the difference says nothing about the price.
    private static decimal? DriftOf(IReadOnlyList<ModelEntry> models)
    {
        var whole = models
            .Where(model => model.EstimatedAiCredits is > 0 && model.Shares.Count > 0)
            .Where(model => model.Shares.All(share => string.Equals(share.Method, ProRata, StringComparison.Ordinal)))
            .ToList();
        var estimated = whole.Sum(model => model.EstimatedAiCredits ?? 0);
        return estimated == 0 ? null : (whole.Sum(model => model.BilledAiCredits ?? 0) / estimated * 100m) - 100m;
    }

    // The grade that holds most of the money, and how much of it: "high 83 %".
    private static string? ConfidenceOf(IReadOnlyList<ShareEntry> shares)
    {
        var total = shares.Sum(share => Math.Abs(share.BilledAiCredits));
        if (total == 0)
            return null;
        var most = shares
            .GroupBy(share => share.Confidence, StringComparer.Ordinal)
            .Select(group => (Grade: group.Key, Credits: group.Sum(share => Math.Abs(share.BilledAiCredits))))
            .MaxBy(group => group.Credits);
        return string.Create(
            CultureInfo.InvariantCulture, $"{most.Grade} {decimal.Floor(most.Credits / total * 100m):0} %");
    }
}
