using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Gathers what is known of one attempt: the run's own record first, then GitHub's word, then gh aw's summary,
/// then flags.
/// </summary>
internal static class AttemptFacts
{
    public static RunFacts Of(RunIdentity run, int attempt, RunReading reading)
    {
        var infos = reading.Infos.Where(pair => pair.File.Attempt == attempt).Select(pair => pair.Info).ToList();
        var events = reading.WorkflowRuns.Where(pair => pair.File.Attempt == attempt).Select(pair => pair.Facts)
            .ToList();
        var summaries = reading.Summaries
            .Where(pair => (pair.Summary.Attempt ?? pair.File.Attempt) == attempt)
            .Select(pair => pair.Summary)
            .ToList();
        var collections = reading.Collections.Where(pair => pair.File.Attempt == attempt).Select(pair => pair.Facts)
            .ToList();
        var started = First(infos, info => info.Event) ?? First(events, run => run.Event)
            ?? First(summaries, run => run.Event);
        var pullRequest = First(infos, info => info.PullRequest) ?? First(events, run => run.PullRequest);
        return new RunFacts(new RunKey(run.Host, run.RunId, attempt), run.Owner, run.Repository)
        {
            RepositoryId = run.RepositoryId,
            WorkflowName = First(infos, info => info.WorkflowName) ?? First(events, run => run.WorkflowName)
                ?? First(summaries, run => run.WorkflowName),
            WorkflowPath = First(infos, info => info.WorkflowPath) ?? First(events, run => run.WorkflowPath)
                ?? First(summaries, run => run.WorkflowPath) ?? HintedPath(attempt, reading),
            Engine = First(infos, info => info.Engine) ?? First(summaries, run => run.Engine),
            Event = started,
            Actor = First(infos, info => info.Actor) ?? First(events, run => run.Actor ?? run.TriggeringActor)
                ?? First(summaries, run => run.Actor),
            TriggeringActor = First(events, run => run.TriggeringActor),
            Payer = HintedPayer(attempt, reading),
            PullRequest = pullRequest,
            PullRequestAbsence = pullRequest is null ? AbsenceOf(started, events) : null,
            Issue = First(infos, info => info.Issue),
            // GitHub's word first: the run's own record tells a ref, which is the branch of some runs only.
            HeadBranch = First(events, run => run.HeadBranch) ?? First(infos, info => info.HeadBranch)
                ?? First(summaries, run => run.HeadBranch),
            Conclusion = First(events, run => run.Conclusion) ?? First(summaries, run => run.Conclusion),
            StartedAt = First(infos, info => info.CreatedAt) ?? First(events, run => run.StartedAt)
                ?? First(summaries, run => run.StartedAt),
            ActionsMinutes = collections.Max(collected => collected.ActionsMinutes),
            Collection = collections.Count == 0 ? null : collections.Max(collected => collected.State),
        };
    }

    private static PullRequestAbsence AbsenceOf(string? startedBy, List<WorkflowRunFacts> events) =>
        events.Exists(run => run.HasSeveralPullRequests) ? PullRequestAbsence.Several
        : startedBy is null || events.Count == 0 ? PullRequestAbsence.NotTold
        : startedBy.StartsWith("pull_request", StringComparison.Ordinal) ? PullRequestAbsence.NotNamed
        : PullRequestAbsence.OtherEvent;

    // A workflow and its payer are the same for every attempt, so a hint for another attempt is better than none.
    private static string? HintedPath(int attempt, RunReading reading) => reading.Hints
        .OrderBy(hint => hint.File.Attempt == attempt ? 0 : 1)
        .Select(hint => hint.WorkflowPath)
        .FirstOrDefault(path => path is not null);

    private static Payer HintedPayer(int attempt, RunReading reading) => reading.Hints
        .OrderBy(hint => hint.File.Attempt == attempt ? 0 : 1)
        .Select(hint => hint.Payer)
        .FirstOrDefault(payer => payer is not null) ?? Payer.Unknown;

    private static TFact? First<TSource, TFact>(List<TSource> sources, Func<TSource, TFact?> fact)
        where TFact : class => sources.Select(fact).FirstOrDefault(value => value is not null);

    private static TFact? First<TSource, TFact>(List<TSource> sources, Func<TSource, TFact?> fact)
        where TFact : struct => sources.Select(fact).FirstOrDefault(value => value is not null);
}
