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
        return new RunFacts(new RunKey(run.Host, run.RunId, attempt), run.Owner, run.Repository)
        {
            RepositoryId = run.RepositoryId,
            WorkflowName = First(infos, info => info.WorkflowName) ?? First(events, run => run.WorkflowName)
                ?? First(summaries, run => run.WorkflowName),
            WorkflowPath = First(infos, info => info.WorkflowPath) ?? First(events, run => run.WorkflowPath)
                ?? First(summaries, run => run.WorkflowPath) ?? HintedPath(attempt, reading),
            Engine = First(infos, info => info.Engine) ?? First(summaries, run => run.Engine),
            Event = First(infos, info => info.Event) ?? First(events, run => run.Event)
                ?? First(summaries, run => run.Event),
            Actor = First(infos, info => info.Actor) ?? First(events, run => run.Actor ?? run.TriggeringActor)
                ?? First(summaries, run => run.Actor),
            Payer = HintedPayer(attempt, reading),
            PullRequest = First(infos, info => info.PullRequest) ?? First(events, run => run.PullRequest),
            Conclusion = First(events, run => run.Conclusion) ?? First(summaries, run => run.Conclusion),
            StartedAt = First(infos, info => info.CreatedAt) ?? First(events, run => run.StartedAt)
                ?? First(summaries, run => run.StartedAt),
        };
    }

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
