using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Rows;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Stores a run under its next revision.</summary>
/// <remarks>
/// 1. read the head; 2. write the new rows, which nobody sees yet; 3. put the head in place, if it is still the one
/// that was read; 4. delete the rows that no longer count. Killed before 3, the old rows count and the new ones are
/// garbage; killed after it, the new ones count and the old ones are. Readers go by the head; a later store sweeps.
/// </remarks>
internal sealed class RunWriter(RunTables tables)
{
    // Every turn that is lost means that another writer of this run has stored it.
    private const int TurnsMax = 20;

    private readonly RunHeads heads = new(tables.Index);

    public async Task<StoredRun?> StoreAsync(FoldedRun run, CancellationToken cancellation)
    {
        var writer = Guid.NewGuid();
        // A remembered head is good enough to write after, not to refuse by or to leave it at that.
        if (tables.Remembered.TryTake((run.Host, run.RunId), out var known) && IsNew(run, known)
            && await TryStoreAsync(run, known, writer, cancellation) is { } stored)
            return stored.Describe();
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var head = await heads.FindAsync(run.Host, run.RunId, cancellation);
            if (head is not null && head.Writer == writer)
                return head.Describe();
            if (ConflictOf(run, head) is { } conflict)
                throw conflict;
            if (!IsNew(run, head))
                return null;
            if (await TryStoreAsync(run, head, writer, cancellation) is { } now)
                return now.Describe();
        }

        throw InUse(run.Host, run.RunId);
    }

    public async Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation)
    {
        if (tables.Remembered.TryTake((host, runId), out var known) && HasChanged(known, revision)
            && await heads.TryStoreAsync(Cleared(known!, revision), isNew: false, cancellation) is not null)
            return;
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            var head = await heads.FindAsync(host, runId, cancellation);
            if (!HasChanged(head, revision)
                || await heads.TryStoreAsync(Cleared(head!, revision), isNew: false, cancellation) is not null)
                return;
        }

        throw InUse(host, runId);
    }

    private static bool HasChanged(RunHead? head, long revision) =>
        head is not null && head.ChangedDays.Values.Any(changed => changed <= revision);

    private static RunHead Cleared(RunHead head, long revision) => head with
    {
        ChangedDays = head.ChangedDays.Where(day => day.Value > revision).ToDictionary(),
    };

    private static bool IsNew(FoldedRun run, RunHead? head) =>
        ConflictOf(run, head) is null
        && run.IsBasedOn(head?.Revision ?? 0)
        && !string.Equals(head?.InputHash, run.InputHash, StringComparison.Ordinal);

    private static RunConflictException? ConflictOf(FoldedRun run, RunHead? head)
    {
        if (head?.ToStored() is not { } stored)
            return null;
        var strange = run.Attempts
            .Select(attempt => attempt.Facts)
            .FirstOrDefault(facts => !stored.Admits(facts.Repository, facts.RepositoryId));
        return strange is null ? null : stored.Conflict(run.Host, run.RunId, strange.Repository);
    }

    private async Task<RunHead?> TryStoreAsync(
        FoldedRun run, RunHead? head, Guid writer, CancellationToken cancellation)
    {
        var layout = new RunLayout(run, (head?.Revision ?? 0) + 1);
        await new RowBatches(tables.Runs).UpsertAsync(layout.AttemptRows, cancellation);
        await new RowBatches(tables.Usage).UpsertAsync(layout.SliceRows, cancellation);
        await new RowBatches(tables.Rejected).UpsertAsync(layout.ProblemRows, cancellation);
        if (await heads.TryStoreAsync(Next(run, layout, head, writer), isNew: head is null, cancellation)
            is not { } next)
            return null;
        // For whoever queues the changed days and clears them.
        tables.Remembered.Set((run.Host, run.RunId), next);
        if (head is not null)
            await SweepAsync(head, next, cancellation);
        return next;
    }

    private static RunHead Next(FoldedRun run, RunLayout layout, RunHead? before, Guid writer)
    {
        var last = run.Attempts.Count == 0 ? null : run.Attempts.MaxBy(attempt => attempt.Facts.Key.Attempt)!.Facts;
        var revision = (before?.Revision ?? 0) + 1;
        var next = new RunHead
        {
            Host = run.Host,
            RunId = run.RunId,
            Repository = last?.Repository ?? before?.Repository ?? "",
            RepositoryId = last is null ? before?.RepositoryId : last.RepositoryId,
            InputHash = run.InputHash,
            ArchiveMark = run.ArchiveMark,
            Revision = revision,
            Generation = layout.Generation,
            HomeDay = layout.HomeDay,
            RunDays = layout.RunDays,
            UsageDays = layout.UsageDays,
            UnseenDays = layout.UnseenDays,
            ChangedDays = new Dictionary<DateOnly, long>(),
            Attempts = run.Attempts.Count,
            Slices = layout.SliceCount,
            Problems = run.Problems.Count,
            Writer = writer,
            ETag = before?.ETag ?? default,
        };
        // Days of the rows that go and of the rows that come: both must be reconciled again.
        var changed = new Dictionary<DateOnly, long>(before?.ChangedDays ?? new Dictionary<DateOnly, long>());
        foreach (var day in next.Days.Concat(before?.Days ?? []))
            changed[day] = revision;
        return next with { ChangedDays = changed };
    }

    // The run is stored by now: what cannot be deleted waits for the next store.
    private async Task SweepAsync(RunHead before, RunHead now, CancellationToken cancellation)
    {
        try
        {
            await SweepAsync(new RowBatches(tables.Runs), before.RunDays.Union(now.RunDays), now, cancellation);
            await SweepAsync(new RowBatches(tables.Usage), before.UsageDays.Union(now.UsageDays), now, cancellation);
            await SweepAsync(new RowBatches(tables.Rejected), [before.HomeDay, now.HomeDay], now, cancellation);
        }
        catch (Exception failure) when (failure is StorageFailureException or OperationCanceledException)
        {
            return;
        }
    }

    private static async Task SweepAsync(
        RowBatches rows, IEnumerable<DateOnly> days, RunHead now, CancellationToken cancellation)
    {
        foreach (var day in days.Distinct())
            await rows.SweepAsync(RunKeys.Day(day, now.Host, now.RunId), now.Revision, now.Generation, cancellation);
    }

    private static LedgerUnusableException InUse(string host, long runId) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Run {runId} on {host} was changed by other processes {TurnsMax} times in a row: try again later."));
}
