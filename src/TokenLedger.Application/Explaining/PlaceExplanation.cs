using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Explaining;

/// <summary>A repository or a workflow over a period as a tree: days, and beneath them run attempts. Pure.</summary>
internal static class PlaceExplanation
{
    public static ExplanationNode Of(
        ExplanationKind kind, string name, DateOnly from, DateOnly to, IReadOnlyList<PlaceDay> days)
    {
        var parts = days.Select(DayOf).ToList();
        var unrecorded = days.Count(day => !day.IsRecorded);
        return new ExplanationNode(
            kind, name, ExplanationFigures.SumOfBoth(parts.Select(part => part.Figures)))
        {
            Facts = ExplanationFact.Of(
                ("from", ExplanationText.Of(from)),
                ("to", ExplanationText.Of(to)),
                ("runs", ExplanationText.Of(days
                    .SelectMany(day => day.Slices.Select(slice => slice.Run.Key)
                        .Concat(day.Shares.Select(share => share.Run)))
                    .Distinct().LongCount())),
                ("runsWithoutTelemetry", ExplanationText.Of(days.Sum(day => (long)day.WithoutTelemetry.Count)))),
            Children =
            [
                .. parts,
                .. unrecorded == 0 ? Array.Empty<ExplanationNode>() :
                [
                    ExplanationNode.About(
                        ExplanationKind.Note, ExplanationNotes.DayNotRecorded,
                        ("daysNotRecorded", ExplanationText.Of(unrecorded))),
                ],
                ExplanationNode.About(
                    ExplanationKind.Note, "'tokenledger explain' with a run's name tells how its figures came about."),
            ],
        };
    }

    private static ExplanationNode DayOf(PlaceDay day)
    {
        var slices = day.Slices.ToLookup(slice => slice.Run.Key);
        var shares = day.Shares.ToLookup(share => share.Run);
        var runs = slices.Select(group => group.Key)
            .Union(shares.Select(group => group.Key))
            .Select(run => AttemptOf(run, [.. slices[run]], [.. shares[run]]))
            .OrderByDescending(run => run.Figures.GrossNanoCredits ?? long.MinValue)
            .ThenByDescending(run => run.Figures.EstimatedAiCredits ?? decimal.MinValue)
            .ThenBy(run => run.Label, StringComparer.Ordinal)
            .ToList();
        return new ExplanationNode(
            ExplanationKind.Day, ExplanationText.Of(day.Day),
            ExplanationFigures.SumOfBoth(runs.Select(run => run.Figures)))
        {
            Facts = ExplanationFact.Of(
                ("recorded", day.IsRecorded ? "true" : "false"),
                ("runsWithoutTelemetry", day.WithoutTelemetry.Count == 0 ? null
                    : ExplanationText.Of(day.WithoutTelemetry.Count))),
            Children =
            [
                .. runs,
                .. day.Heads.Select(LineExplanation.SettlementOf),
                .. day.WithoutTelemetry.Select(run => ExplanationNode.About(
                    ExplanationKind.Attempt, $"run {run.Key}: no telemetry", ("run", run.Key.ToString()))),
            ],
        };
    }

    private static ExplanationNode AttemptOf(
        RunKey run, IReadOnlyList<PricedSlice> slices, IReadOnlyList<ShareRow> shares)
    {
        var estimates = slices.Where(slice => slice.EstimatedAiCredits is not null).ToList();
        var billed = BilledSum.Of(shares.Select(share => new BilledSum(share.GrossNanoCredits, share.NetNanoCredits)));
        var unpriced = slices.Where(slice => slice.Unpriced is not null).ToList();
        var facts = slices.Count > 0 ? slices[0].Run : null;
        var workflow = facts?.WorkflowName ?? facts?.WorkflowPath ?? (shares.Count > 0 ? shares[0].WorkflowPath : null);
        return new ExplanationNode(
            ExplanationKind.Attempt, $"run {run}{(workflow is null ? "" : " " + workflow)}",
            ExplanationFigures.OfBoth(
                estimates.Count == 0 ? null : estimates.Sum(slice => slice.EstimatedAiCredits!.Value.Total),
                shares.Count == 0 ? null : billed.Gross, billed.Net))
        {
            Facts = ExplanationFact.Of(
                ("run", run.ToString()),
                ("workflow", facts?.WorkflowName),
                ("workflowPath", facts?.WorkflowPath),
                ("requests", ExplanationText.Of(slices.Aggregate(0L, (sum, slice) => checked(sum + slice.Requests)))),
                ("unpricedRequests", unpriced.Count == 0 ? null
                    : ExplanationText.Of(unpriced.Aggregate(0L, (sum, slice) => checked(sum + slice.Requests)))),
                ("leastConfidence", shares.Count == 0 ? null
                    : WireNames.Of(shares.Min(share => share.Confidence)))),
        };
    }
}
