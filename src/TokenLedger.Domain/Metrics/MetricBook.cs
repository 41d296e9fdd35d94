using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Metrics;

/// <summary>Every metric.</summary>
public static class MetricBook
{
    private const decimal Percent = 100m;
    private const string PullRequestSpend = "gross spend of runs that created or worked on pull requests";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        new("spend", "Spend of runs", MetricUnit.Usd, "gross AI spend of runs", null)
        {
            Of = group => MetricFigure.Sum(MoneySum.Of(group.RunLines)),
        },
        new("spend-without-run", "Spend without a run", MetricUnit.Usd,
            "gross AI spend on the bill that no run answers for", null)
        {
            Of = group => MetricFigure.Sum(MoneySum.Of(group.OtherLines)),
        },
        new("cost-per-accepted-pull-request", "Cost per accepted pull request", MetricUnit.Usd,
            PullRequestSpend, "pull requests of theirs that are merged and not reverted")
        {
            Of = group => PerPullRequest(group, outcome => outcome.State == OutcomeState.Merged),
        },
        new("cost-per-merged-pull-request", "Cost per merged pull request", MetricUnit.Usd,
            PullRequestSpend, "pull requests of theirs that were merged, reverted ones too")
        {
            Of = group => PerPullRequest(group, outcome => outcome.IsMerged),
        },
        new("cost-per-reverted-pull-request", "Cost per reverted pull request", MetricUnit.Usd,
            "gross spend of runs whose one pull request was reverted", "pull requests of theirs that were reverted")
        {
            Of = group => MetricFigure.Per(
                SpendOn(group, OutcomeState.Reverted),
                group.Outcomes.LongCount(outcome => outcome.State == OutcomeState.Reverted), group.UnknownOutcomes),
        },
        new("cost-per-line-changed", "Cost per line changed", MetricUnit.Usd,
            "gross spend of runs whose one pull request was accepted",
            "lines that accepted pull requests added and removed")
        {
            Of = PerLine,
        },
        new("cost-per-person", "Cost per person", MetricUnit.Usd,
            "gross spend of runs whose starter is known", "logins that started them")
        {
            Of = group => MetricFigure.Per(
                group.SpendOf(run => run.Actor is not null),
                group.Runs.Where(group.HasLines).Select(run => run.Actor).OfType<string>()
                    .Distinct(StringComparer.OrdinalIgnoreCase).LongCount()),
        },
        new("tokens-per-run", "Tokens per run", MetricUnit.Tokens,
            "tokens of run attempts, each once", "run attempts with telemetry")
        {
            Of = group => MetricFigure.Over(
                group.RunLines.Aggregate(0L, (sum, line) => checked(sum + (line.Slice?.Tokens.Total ?? 0))),
                group.Runs.LongCount(group.HasLines), unknown: null),
        },
        new("sub-agent-share", "Sub-agents' share", MetricUnit.Percent,
            "gross spend of sub-agents", "gross spend of runs")
        {
            Of = SubAgents,
        },
        new("retry-cost", "Retry cost", MetricUnit.Usd,
            "gross spend of attempts after the first failed attempt of their run", null)
        {
            Of = Retries,
        },
        new("review-cost", "Review cost", MetricUnit.Usd,
            "gross AI spend of review runs + gross Actions minutes of review runs (two components)", null)
        {
            Of = ReviewCost.Of,
        },
        new("wasted-spend", "Wasted spend", MetricUnit.Usd,
            "gross spend of runs that failed, were cancelled or timed out, or whose one pull request was closed "
                + "unmerged or reverted", null)
        {
            Of = WastedSpend.Of,
        },
        new("success-rate", "Success rate", MetricUnit.Percent,
            "run attempts that concluded with success", "run attempts whose conclusion is known")
        {
            Of = group => MetricFigure.Over(
                group.Runs.LongCount(run => run.Conclusion is "success"),
                group.Runs.LongCount(run => run.Conclusion is not null), unknown: null, Percent),
        },
        new("median-time-to-merge", "Median time to merge", MetricUnit.Hours,
            "median of the time from opening to merge of merged pull requests", null)
        {
            Of = MedianTimeToMerge,
        },
    ];

    // Where several pull requests share a run's cost it is in none of them, and in their sum once.
    private static MetricFigure PerPullRequest(MetricGroup group, Predicate<Outcome> counts)
    {
        var direct = group.SpendOf(run => group.CostSubjectOf(run).Subject is not null);
        var shared = group.SpendOf(run => group.CostSubjectOf(run).IsShared);
        return MetricFigure.Per(
            direct + shared, group.Outcomes.LongCount(outcome => counts(outcome)), group.UnknownOutcomes) with
        {
            Parts = [new("one-pull-request", direct.KnownUsd), new("shared", shared.KnownUsd)],
        };
    }

    private static MetricFigure PerLine(MetricGroup group)
    {
        var accepted = group.Outcomes.Where(outcome => outcome.State == OutcomeState.Merged).ToList();
        var unknown = group.UnknownOutcomes
            ?? (accepted.TrueForAll(outcome => outcome.LinesChanged is not null) ? null : MetricFigure.NoLines);
        return MetricFigure.Per(
            SpendOn(group, OutcomeState.Merged),
            accepted.Aggregate(0L, (sum, outcome) => checked(sum + (outcome.LinesChanged ?? 0))), unknown);
    }

    private static MoneySum SpendOn(MetricGroup group, OutcomeState state) => group.SpendOf(
        run => group.CostSubjectOf(run).Subject is { } subject && group.OutcomeOf(subject)?.State == state);

    private static MetricFigure SubAgents(MetricGroup group)
    {
        var all = MoneySum.Of(group.RunLines);
        var ofSubAgents = MoneySum.Of(group.RunLines.Where(line => line.Slice?.Purpose == Purpose.SubAgent));
        return MetricFigure.Over(
            ofSubAgents.KnownUsd, all.KnownUsd, all.UnknownLines > 0 ? MetricFigure.Unpriced : null, Percent) with
        {
            Money = all,
        };
    }

    private static MetricFigure Retries(MetricGroup group)
    {
        var again = group.Runs.Where(run => run.Key.Attempt > 1 && group.HasLines(run))
            .Select(run => (run.Key, Failed: AnyFailed(group.EarlierAttempts(run), run.Key.Attempt - 1)))
            .ToList();
        var retries = again.Where(run => run.Failed == true).Select(run => run.Key).ToHashSet();
        return MetricFigure.Sum(
            group.SpendOf(run => retries.Contains(run.Key)),
            again.Exists(run => run.Failed is null) ? MetricFigure.NoConclusion : null);
    }

    private static bool? AnyFailed(IEnumerable<RunFacts> attempts, int expected)
    {
        var ended = attempts.Select(WastedSpend.HasFailed).ToList();
        if (ended.Contains(true))
            return true;
        return ended.Contains(null) || ended.Count < expected ? null : false;
    }

    private static MetricFigure MedianTimeToMerge(MetricGroup group)
    {
        var ticks = group.Outcomes
            .Where(outcome => outcome.IsMerged)
            .Select(outcome => (outcome.MergedAt - outcome.CreatedAt)?.Ticks)
            .Order()
            .ToList();
        var unknown = group.UnknownOutcomes ?? (ticks.Contains(null) ? MetricFigure.NoOutcome : null)
            ?? (ticks.Count == 0 ? MetricFigure.Nothing : null);
        var middle = ticks.Count >> 1;
        return new MetricFigure
        {
            Denominator = ticks.Count,
            UnknownBecause = unknown,
            Value = unknown is not null ? null
                : Hours(ticks[(ticks.Count - 1) >> 1]!.Value + (decimal)ticks[middle]!.Value),
        };
    }

    // Of the sum of the two in the middle, which are one where the count is odd.
    private static decimal Hours(decimal ticksOfTwo) => Allocation.Ratio.Of(ticksOfTwo, 2 * TimeSpan.TicksPerHour);
}
