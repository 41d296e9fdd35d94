using TokenLedger.Application.Ports;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ingesting;

/// <summary>Makes a run's rows of all its archived files, and stores them when they are new.</summary>
public sealed class FoldRun(ILedgerStore store, ILogArchive archive, PriceBook prices)
{
    // Every turn that is lost means that another process has stored the run.
    private const int TurnsMax = 10;

    // What made the rows beside the files: a mark of other prices or of an older fold says nothing.
    private readonly string recipe = RunFold.InputHashOf([], prices)[..16] + ":";

    /// <summary>Folds one run.</summary>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public Task<IngestedRun> ExecuteAsync(RunIdentity run, CancellationToken cancellation) =>
        ExecuteAsync(run, seen: null, markItem: null, beforeStoring: null, cancellation);

    /// <summary>What is stored of a run, for a fold that comes later.</summary>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public async Task<SeenRun> LookUpAsync(RunIdentity run, CancellationToken cancellation)
    {
        var stored = await store.FindRunAsync(run.Host, run.RunId, cancellation);
        return stored?.Admits(run.Repository, run.RepositoryId) != false
            ? new SeenRun(stored)
            : throw stored.Conflict(run.Host, run.RunId, run.Repository);
    }

    /// <summary>Folds one run and lets somebody see the rows before they are stored.</summary>
    /// <param name="run">The run; its attempt is not looked at.</param>
    /// <param name="seen">
    /// What was stored before; it spares a look. Another process may have stored the run since: then that is seen when
    /// the rows are stored, and the fold is made again. Null for a look.
    /// </param>
    /// <param name="markItem">
    /// The file that asks for the fold, as <see cref="ArchiveMark"/> names it: rows that were made of it already are
    /// left as they are, without a look at the archive. Null for a look.
    /// </param>
    /// <param name="beforeStoring">Called with rows that are new, and again when a process ends before they are stored;
    /// null for nobody.</param>
    /// <param name="cancellation">Ends the fold between lines; nothing half-done stays.</param>
    /// <exception cref="RunConflictException">The run id is known under another repository.</exception>
    public async Task<IngestedRun> ExecuteAsync(
        RunIdentity run, SeenRun? seen, string? markItem, Func<FoldedRun, Task>? beforeStoring,
        CancellationToken cancellation)
    {
        for (var turn = 0; turn < TurnsMax; turn++)
        {
            // Before the archive is opened: whoever stores after this has seen at least as much.
            var known = seen ?? await LookUpAsync(run, cancellation);
            if (await TryAsync(run, known.Stored, markItem, beforeStoring, cancellation) is { } folded)
                return folded;
            seen = null;
        }

        throw new LedgerUnusableException(FormattableString.Invariant(
            $"Run {run.RunId} was stored by other processes {TurnsMax} times in a row: try again later."));
    }

    // Null when another process stored the run meanwhile, of files that we may not have seen.
    private async Task<IngestedRun?> TryAsync(
        RunIdentity run, StoredRun? stored, string? markItem, Func<FoldedRun, Task>? beforeStoring,
        CancellationToken cancellation)
    {
        var asked = run;
        run = stored?.UnderKnownName(run) ?? run;
        await AdoptRecordsAsync(asked, run, cancellation);
        var mark = stored?.ArchiveMark is { } noted && noted.StartsWith(recipe, StringComparison.Ordinal)
            ? noted[recipe.Length..]
            : null;
        if (mark is not null && markItem is not null && ArchiveMark.Holds(mark, markItem))
            return Unchanged(run, stored!);
        using var archived = await archive.OpenUnlessAsync(run, mark, cancellation);
        if (archived is null)
            return Unchanged(run, stored!);
        // A run that is not stored needs no hash to be new: its files may still be being hashed while they are folded.
        if (stored is not null
            && string.Equals(
                stored.InputHash, RunFold.InputHashOf(archived.Files, prices), StringComparison.Ordinal))
            return Unchanged(run, stored);
        var folded = RunFold.Fold(run, archived.Files, prices, cancellation) with
        {
            BasedOnRevision = stored?.Revision ?? 0,
            ArchiveMark = archived.Mark is null ? null : recipe + archived.Mark,
        };
        folded = folded with { Problems = [.. archived.Problems, .. folded.Problems] };
        if (beforeStoring is not null)
            await beforeStoring(folded);
        // Files of other runs alone make no run.
        if (stored is null && folded.Attempts.Count == 0)
            return Of(folded, run, stored: null);
        return await store.StoreRunAsync(folded, cancellation) is { } now ? Of(folded, run, now) : null;
    }

    // The webhook's record lies under the repository's name of that day, and the run under the name it was first known
    // by: the fold reads one folder.
    private async Task AdoptRecordsAsync(RunIdentity asked, RunIdentity known, CancellationToken cancellation)
    {
        if (string.Equals(asked.Repository, known.Repository, StringComparison.OrdinalIgnoreCase))
            return;
        using var archived = await archive.OpenAsync(asked, cancellation);
        foreach (var file in archived.Files.Where(file => WorkflowRunFile.IsRecord(file)))
        {
            var record = new EvidenceFile(WorkflowRunFile.FileName, file.File.LengthBytes, file.File.OpenRead);
            await archive.AddRecordAsync(
                known with { Attempt = file.Attempt }, WorkflowRunFile.UploadName, record, cancellation);
        }
    }

    private static IngestedRun Of(FoldedRun folded, RunIdentity run, StoredRun? stored) =>
        new(run, stored is not null, folded.Attempts, folded.Lines, folded.Problems) { Stored = stored };

    private static IngestedRun Unchanged(RunIdentity run, StoredRun stored) =>
        new(run, IsChanged: false, [], default, []) { Stored = stored };
}
