using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Reports;

/// <summary>The figures of a workflow's runs, added up one run at a time.</summary>
internal sealed class WorkflowSums
{
    private static readonly string ProRata = WireNames.Of(AllocationMethod.ProRata);

    private readonly Dictionary<string, decimal> creditsByGrade = new(StringComparer.Ordinal);
    private long tokens;
    private decimal unbilledEstimate;
    private bool isShared;
    private decimal? net = 0;
    private decimal wholeEstimate;
    private decimal wholeBilled;
    private long? minutes;
    private long runsWithoutMinutes;

    public long Runs { get; private set; }

    public decimal? Estimated { get; private set; }

    public decimal? Billed { get; private set; }

    public void Add(RunEntry run)
    {
        Runs++;
        Estimated = run.EstimatedAiCredits is { } estimated ? (Estimated ?? 0) + estimated : Estimated;
        Billed = run.BilledAiCredits is { } billed ? (Billed ?? 0) + billed : Billed;
        if (run.ActionsMinutes is { } known)
            minutes = checked((minutes ?? 0) + known);
        else
            runsWithoutMinutes++;
        foreach (var model in run.Models)
            Add(model);
    }

    public IReadOnlyList<Cell> Row(string name, string repository) =>
    [
        name, repository, (long?)Runs, (long?)tokens, Estimated, (decimal?)unbilledEstimate, Billed,
        isShared ? net : Cell.Unknown, Drift, Confidence, Minutes, (long?)runsWithoutMinutes,
    ];

    // Elsewhere a share is capped by the estimate, and the difference says nothing about the price.
    private decimal? Drift => wholeEstimate == 0 ? null : (wholeBilled / wholeEstimate * 100m) - 100m;

    // Of every attempt's jobs, as GitHub Actions counts them; only collected runs have them.
    private Cell Minutes => minutes is null ? Cell.Unknown : new Cell(null, minutes, IsAtLeast: runsWithoutMinutes > 0);

    // The grade that holds most of the money, and how much of it: "high 83 %".
    private string? Confidence
    {
        get
        {
            var total = creditsByGrade.Values.Sum();
            if (total == 0)
                return null;
            var most = creditsByGrade.MaxBy(grade => grade.Value);
            return string.Create(
                CultureInfo.InvariantCulture, $"{most.Key} {decimal.Floor(most.Value / total * 100m):0} %");
        }
    }

    private void Add(ModelEntry model)
    {
        tokens = checked(tokens + model.InputTokens + model.OutputTokens + model.CacheReadTokens
            + model.CacheWrite5mTokens + model.CacheWrite1hTokens);
        if (model.Shares.Count == 0)
            unbilledEstimate += model.EstimatedAiCredits ?? 0;
        else if (model.EstimatedAiCredits is > 0 and var estimate
            && model.Shares.All(share => string.Equals(share.Method, ProRata, StringComparison.Ordinal)))
        {
            wholeEstimate += estimate;
            wholeBilled += model.BilledAiCredits ?? 0;
        }

        foreach (var share in model.Shares)
        {
            isShared = true;
            // One unknown net makes the net of the sum unknown.
            net += share.BilledNetUsd;
            creditsByGrade[share.Confidence] =
                creditsByGrade.GetValueOrDefault(share.Confidence) + Math.Abs(share.BilledAiCredits);
        }
    }
}
