using System.Globalization;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Sweeping;

/// <summary>One look at the runs of one repository since its checkpoint.</summary>
/// <remarks>
/// The checkpoint follows slice by slice and only after the slice's missing runs are queued: a process killed anywhere
/// looks at one slice again and loses nothing. Two looks at once queue the same runs.
/// </remarks>
internal sealed class RepositorySweep(
    IRunSource github, MissedRuns missed, SweepMarks marks, AlertBook alerts, DateOnly? since, TimeProvider time)
{
    /// <summary>Questions of one look; a repository with more to tell goes on in its next turn.</summary>
    public const int QuestionsMax = 50;

    /// <summary>Runs that had not ended and are asked for by id, beyond the questions of the look.</summary>
    internal const int UnfinishedMax = 100;

    // A run that is repeated within a day is listed again, with its new attempt.
    internal static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    internal static readonly TimeSpan FirstLook = TimeSpan.FromDays(7);

    // A run that waits for GitHub's limit, or for late artifacts, is collected long before.
    internal static readonly TimeSpan CollectedWithin = TimeSpan.FromHours(12);

    // GitHub ends a run 35 days after its start (usage limits, 2026-10).
    private static readonly TimeSpan RunLengthMax = TimeSpan.FromDays(36);

    private readonly RunWalk walk = new(github);

    /// <summary>Looks at a repository.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="known">What its checkpoint says; null before the first look.</param>
    /// <param name="budget">The bound of the whole sweep.</param>
    /// <param name="cancellation">Ends the look.</param>
    public async Task<RepositoryLook> RunAsync(
        RepositoryAccess repository, SweepMark? known, QuestionBudget budget, CancellationToken cancellation)
    {
        var own = new QuestionBudget(Math.Min(QuestionsMax, budget.Left));
        try
        {
            return await LookAsync(repository, Begin(known ?? new SweepMark()), own, cancellation);
        }
        finally
        {
            budget.Count(own.Asked);
        }
    }

    /// <summary>Puts a repository that was refused to the end of the row, and tells what somebody must mend.</summary>
    public async Task SetBackAsync(
        RepositoryAccess repository, ProviderRefusal refusal, CancellationToken cancellation)
    {
        var isToTell = refusal.NeedsMending;
        if (isToTell)
        {
            await alerts.RaiseAsync(
                Alert.SweepRefused, SweepMarks.KeyOf(repository), refusal.Message, cancellation);
        }

        // What the look itself has set: it may have come some slices far.
        var mark = await marks.FindAsync(repository, cancellation) ?? new SweepMark();
        await marks.SetAsync(repository, mark with { IsRefused = mark.IsRefused || isToTell }, cancellation);
    }

    private SweepMark Begin(SweepMark mark)
    {
        if (mark is { Reached: not null, Until: not null })
            return mark;
        var now = time.GetUtcNow();
        var first = since is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : now - FirstLook;
        return mark with { Reached = mark.Covered is { } covered ? covered - Overlap : first, Until = now };
    }

    private async Task<RepositoryLook> LookAsync(
        RepositoryAccess repository, SweepMark mark, QuestionBudget budget, CancellationToken cancellation)
    {
        var until = mark.Until!.Value;
        var asked = mark.Unfinished.ToHashSet();
        var unfinished = new SortedSet<long>(mark.Unfinished);
        var (seen, queued) = (0, 0);
        await foreach (var slice in walk.ReadAsync(
            repository, mark.Reached!.Value, until, budget, cancellation))
        {
            if (slice.Refusal is { } refusal)
                return new RepositoryLook(seen, queued, IsWhole: false, refusal);
            foreach (var found in slice.Runs.Where(missed.IsAgents))
            {
                seen++;
                asked.Remove(found.Facts.Run.RunId);
                queued += await TakeAsync(repository, found, mark, unfinished, cancellation);
            }

            if (slice.IsCut)
                await TellAsync(repository, slice, cancellation);
            mark = mark with { Reached = slice.To + TimeSpan.FromSeconds(1), Unfinished = [.. unfinished] };
            if (mark.Reached <= until)
                await SetAsync(repository, mark, cancellation);
        }

        if (mark.Reached <= until)
            return new RepositoryLook(seen, queued, IsWhole: false, null);
        foreach (var id in asked)
        {
            budget.Count();
            var (found, refusal) = await github.FindRunAsync(repository, id, attempt: null, cancellation);
            if (found is not null)
                queued += await TakeAsync(repository, found, mark, unfinished, cancellation);
            else if (refusal!.Code is ProviderRefusal.NotFound or ProviderRefusal.Gone)
                unfinished.Remove(id);
            else
                return new RepositoryLook(seen, queued, IsWhole: false, refusal);
        }

        await EndAsync(repository, mark with { Unfinished = [.. unfinished] }, cancellation);
        return new RepositoryLook(seen, queued, IsWhole: true, null) { BegunAt = until };
    }

    // How many runs were queued.
    private async Task<int> TakeAsync(
        RepositoryAccess repository, FoundRun found, SweepMark mark, SortedSet<long> unfinished,
        CancellationToken cancellation)
    {
        var id = found.Facts.Run.RunId;
        var until = mark.Until!.Value;
        if (found.IsFinished)
        {
            var isMissing = await missed.QueueAsync(
                found, repository.InstallationId, IsCollectedSince(found, mark), cancellation);
            unfinished.Remove(id);
            return isMissing ? 1 : 0;
        }

        var isListedAgain = found.CreatedAt >= until - Overlap;
        if (isListedAgain || found.CreatedAt < until - RunLengthMax)
            unfinished.Remove(id);
        else if (unfinished.Count < UnfinishedMax)
            unfinished.Add(id);
        else if (!unfinished.Contains(id))
            await TellAsync(repository, cancellation);
        return 0;
    }

    // Asked of each run by one look: reading a run costs more than finding it, and what cannot be collected must not be
    // queued by every sweep.
    private static bool IsCollectedSince(FoundRun found, SweepMark mark)
    {
        var by = found.UpdatedAt + CollectedWithin;
        return by <= mark.Until && (mark.Covered is null || by > mark.Covered);
    }

    private async Task EndAsync(RepositoryAccess repository, SweepMark mark, CancellationToken cancellation)
    {
        if (mark.IsRefused)
            await alerts.CloseAsync(Alert.SweepRefused, SweepMarks.KeyOf(repository), cancellation);
        await SetAsync(
            repository, mark with { Covered = mark.Until, Reached = null, Until = null, IsRefused = false },
            cancellation);
    }

    private Task SetAsync(RepositoryAccess repository, SweepMark mark, CancellationToken cancellation) =>
        marks.SetAsync(repository, mark, cancellation);

    private Task TellAsync(RepositoryAccess repository, RunSlice slice, CancellationToken cancellation) =>
        alerts.RaiseAsync(
            Alert.RunsUnlisted, SweepMarks.KeyOf(repository),
            string.Create(
                CultureInfo.InvariantCulture,
                $"GitHub lists only {RunWalk.ResultsMax} of the runs created at {slice.From:yyyy-MM-dd HH:mm:ss} UTC: ")
            + "the others are known only if the webhook told of them. Ingest their artifacts yourself.",
            cancellation);

    private Task TellAsync(RepositoryAccess repository, CancellationToken cancellation) => alerts.RaiseAsync(
        Alert.RunsUnlisted, SweepMarks.KeyOf(repository),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Over {UnfinishedMax} agent runs have not ended for a day: the others are known only if the ")
        + "webhook tells of their end. Run 'tokenledger collect' for the repository later.",
        cancellation);
}
