using TokenLedger.Domain.ActionsMinutes;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Metrics;

/// <summary>One group's spend and runs, with what metrics ask of them.</summary>
/// <param name="input">Everything.</param>
/// <param name="lines">The group's lines.</param>
/// <param name="runs">The group's run attempts.</param>
/// <param name="minutes">Its shares of Actions minutes; null where they cannot be told apart by group.</param>
/// <param name="attempts">Every attempt that is known of a run, by host and run id.</param>
internal sealed class MetricGroup(
    MetricsInput input, IReadOnlyList<SpendLine> lines, IReadOnlyList<RunFacts> runs,
    IReadOnlyList<MinutesShare>? minutes, ILookup<(string Host, long RunId), RunFacts> attempts)
{
    private const string ReviewTask = "review";

    private readonly Lazy<ILookup<RunKey, SpendLine>> linesByRun = new(() => lines
        .Where(line => line.Run is not null).ToLookup(line => line.Run!.Key));

    private readonly Lazy<IReadOnlyList<WorkSubject>> pullRequests = new(() =>
    [
        .. runs.SelectMany(run => LinksOf(input, run))
            .Where(link => link.Kind == WorkKind.PullRequest
                && link.Relation is WorkRelation.Created or WorkRelation.WorkedOn)
            .Select(link => link.Subject).Distinct().Order(),
    ]);

    /// <summary>The group's run attempts.</summary>
    public IReadOnlyList<RunFacts> Runs => runs;

    /// <summary>The shares of Actions minutes; null where they cannot be told apart by group.</summary>
    public IReadOnlyList<MinutesShare>? Minutes => minutes;

    /// <summary>The lines of runs.</summary>
    public IEnumerable<SpendLine> RunLines => lines.Where(line => line.Run is not null);

    /// <summary>AI usage that no run answers for.</summary>
    public IEnumerable<SpendLine> OtherLines =>
        lines.Where(line => line.Run is null && line.Component == SpendComponent.AiUsage);

    /// <summary>The pull requests that the group's runs created or worked on.</summary>
    public IReadOnlyList<WorkSubject> PullRequests => pullRequests.Value;

    /// <summary>Why counts of what has become of pull requests are unknown; null when they are known.</summary>
    public string? UnknownOutcomes =>
        PullRequests.All(input.Outcomes.ContainsKey) ? null : MetricFigure.NoOutcome;

    /// <summary>The outcomes that are known of the group's pull requests.</summary>
    public IEnumerable<Outcome> Outcomes =>
        PullRequests.Select(subject => input.Outcomes.GetValueOrDefault(subject)).OfType<Outcome>();

    /// <summary>What is known of what has become of one; null when unknown.</summary>
    public Outcome? OutcomeOf(WorkSubject subject) => input.Outcomes.GetValueOrDefault(subject);

    /// <summary>Where a run's cost goes.</summary>
    public CostSubject CostSubjectOf(RunFacts run) => CostSubject.Of(LinksOf(input, run));

    /// <summary>What runs that satisfy something have spent.</summary>
    public MoneySum SpendOf(Predicate<RunFacts> includes) =>
        MoneySum.Of(RunLines.Where(line => includes(line.Run!)));

    /// <summary>Whether the run has spent anything here, as far as is known.</summary>
    public bool HasLines(RunFacts run) => linesByRun.Value.Contains(run.Key);

    /// <summary>The other attempts of the same run that came before.</summary>
    public IEnumerable<RunFacts> EarlierAttempts(RunFacts run) => attempts[(run.Key.Host, run.Key.RunId)]
        .Where(other => other.Key.Attempt < run.Key.Attempt)
        .DistinctBy(other => other.Key);

    /// <summary>Whether the run is a review: a rule says so, or it reviewed and neither created nor changed.</summary>
    public bool IsReview(RunFacts run)
    {
        if (input.Attribution.Of(run).TaskType is { } task)
            return string.Equals(task, ReviewTask, StringComparison.OrdinalIgnoreCase);
        var relations = LinksOf(input, run).Select(link => link.Relation).ToHashSet();
        return relations.Contains(WorkRelation.Reviewed)
            && !relations.Contains(WorkRelation.Created) && !relations.Contains(WorkRelation.WorkedOn);
    }

    private static IReadOnlyList<WorkLink> LinksOf(MetricsInput input, RunFacts run) =>
        input.Work.GetValueOrDefault(run.Key)?.Links ?? [];
}
