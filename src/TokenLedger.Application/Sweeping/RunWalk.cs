using System.Runtime.CompilerServices;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Sweeping;

/// <summary>Walks the runs of a repository by the time they were created.</summary>
/// <remarks>
/// GitHub lists no more than 1,000 runs of a period (REST documentation, 2026-10). A period that has as many is halved
/// until its parts have fewer; the parts come in order, so that a walk can go on where it stopped.
/// </remarks>
internal sealed class RunWalk(IRunSource github)
{
    /// <summary>From this many on, a list does not tell of all runs.</summary>
    public const int ResultsMax = 1_000;

    /// <summary>Runs on a page.</summary>
    public const int PageRuns = 100;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The slices of a period in order; fewer when the questions are spent, none after a refusal.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="from">Inclusive; its fraction of a second is cut off.</param>
    /// <param name="to">Inclusive; its fraction of a second is cut off.</param>
    /// <param name="budget">The bound of the walk; a slice begun is ended, which takes nine more at most.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public async IAsyncEnumerable<RunSlice> ReadAsync(
        RepositoryAccess repository, DateTimeOffset from, DateTimeOffset to, QuestionBudget budget,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ahead = new Stack<(DateTimeOffset From, DateTimeOffset To)>();
        if (from <= to)
            ahead.Push((WholeSecond(from), WholeSecond(to)));
        while (!budget.IsSpent && ahead.TryPop(out var period))
        {
            var (first, refusal) = await AskAsync(repository, period, page: 1, budget, cancellation);
            if (first?.TotalCount >= ResultsMax && period.From < period.To)
            {
                var seconds = (long)(period.To - period.From).TotalSeconds;
                var middle = period.From + TimeSpan.FromSeconds(seconds / 2);
                ahead.Push((middle + Second, period.To));
                ahead.Push((period.From, middle));
                continue;
            }

            var slice = first is null
                ? new RunSlice(period.From, period.To, [], refusal)
                : await ReadOnAsync(repository, period, first, budget, cancellation);
            yield return slice;
            if (slice.Refusal is not null)
                yield break;
        }
    }

    private async Task<RunSlice> ReadOnAsync(
        RepositoryAccess repository, (DateTimeOffset From, DateTimeOffset To) period, RunPage first,
        QuestionBudget budget, CancellationToken cancellation)
    {
        var runs = new List<FoundRun>(first.Runs);
        var last = first;
        for (var page = 2; last.Count > 0 && (page - 1) * PageRuns < Math.Min(first.TotalCount, ResultsMax); page++)
        {
            var (next, refusal) = await AskAsync(repository, period, page, budget, cancellation);
            if (next is null)
                return new RunSlice(period.From, period.To, [], refusal);
            runs.AddRange(next.Runs);
            last = next;
        }

        // A run that is deleted or made while the pages are read may be on two of them.
        return new RunSlice(period.From, period.To, [.. runs.DistinctBy(run => run.Facts.Run.RunId)], null)
        {
            IsCut = first.TotalCount >= ResultsMax,
        };
    }

    private Task<ProviderAnswer<RunPage>> AskAsync(
        RepositoryAccess repository, (DateTimeOffset From, DateTimeOffset To) period, int page, QuestionBudget budget,
        CancellationToken cancellation)
    {
        budget.Count();
        return github.ListRunsAsync(repository, period.From, period.To, page, cancellation);
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
