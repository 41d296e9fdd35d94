using System.Runtime.CompilerServices;
using System.Text.Json;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Rebuilding;

/// <summary>
/// Makes every table again of the raw files: folds each archived run, takes each raw bill as of when it was read,
/// reconciles each day.
/// </summary>
/// <remarks>
/// What is there and was made of the same files is left as it is, so it may be ended at any instruction and run again.
/// Of a lost ledger every figure comes back; when things were recorded, and what days were before, does not.
/// </remarks>
public sealed class RebuildLedger(ILedgerStorage storage, FoldRun fold, TakeBill take, ReconcileDay reconcile)
{
    private readonly List<InputProblem> problems = [];
    private readonly SortedSet<DateOnly> days = [];

    /// <summary>Rebuilds.</summary>
    /// <param name="hints">Of bills that were kept before it was noted how they were taken.</param>
    /// <param name="progress">Told of every run, bill and day; null for silence.</param>
    /// <param name="cancellation">Ends between them; what was made stays.</param>
    public async Task<RebuildOutcome> ExecuteAsync(
        BillHints hints, IProgress<IngestProgress>? progress, CancellationToken cancellation)
    {
        var (runs, runsMade) = await FoldAsync(progress, cancellation);
        var (bills, looksMade) = await TakeAsync(hints, progress, cancellation);
        await FindDaysAsync(cancellation);
        var daysMade = 0;
        var done = 0;
        foreach (var day in days)
        {
            progress?.Report(new IngestProgress("reconciling days", done, days.Count));
            done++;
            daysMade += await reconcile.ExecuteAsync(day, cancellation);
        }

        return new RebuildOutcome(runs, runsMade, bills, looksMade, days.Count, daysMade, problems);
    }

    private async Task<(int Runs, int Made)> FoldAsync(
        IProgress<IngestProgress>? progress, CancellationToken cancellation)
    {
        var (runs, made) = (0, 0);
        var known = new HashSet<(string Host, long RunId)>();
        await foreach (var run in FoldersInOrderAsync(cancellation))
        {
            progress?.Report(new IngestProgress("folding runs", runs, null));
            // A renamed repository's run has its files under one name, and GitHub's news of it under others too.
            if (!known.Add((run.Host, run.RunId)) && await HasRecordsAloneAsync(run, cancellation))
                continue;
            runs++;
            try
            {
                var folded = await fold.ExecuteAsync(run, cancellation);
                problems.AddRange(folded.Problems);
                if (!folded.IsChanged)
                    continue;
                made++;
                // Its days are all reconciled below, so none needs to be queued.
                if (folded.Stored is { } stored)
                    await storage.Store.ClearChangedDaysAsync(run.Host, run.RunId, stored.Revision, cancellation);
            }
            catch (RunConflictException conflict)
            {
                problems.Add(new InputProblem(
                    FormattableString.Invariant($"{run.Host}/{run.Repository}/{run.RunId}"), null,
                    IngestProblems.RunConflict, conflict.Message));
            }
        }

        return (runs, made);
    }

    // Of a run with several folders, the ones with evidence come first: they name it.
    private async IAsyncEnumerable<RunIdentity> FoldersInOrderAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var folders = await storage.ArchiveWalk.ReadRunsAsync(cancellation).ToListAsync(cancellation);
        foreach (var run in folders.GroupBy(folder => (folder.Host, folder.RunId)))
        {
            var withRecordsAlone = new List<RunIdentity>();
            foreach (var folder in run)
            {
                if (run.Skip(1).Any() && await HasRecordsAloneAsync(folder, cancellation))
                    withRecordsAlone.Add(folder);
                else
                    yield return folder;
            }

            foreach (var folder in withRecordsAlone)
                yield return folder;
        }
    }

    private async Task<bool> HasRecordsAloneAsync(RunIdentity run, CancellationToken cancellation) =>
        (await storage.Archive.ReadUploadNamesAsync(run, cancellation))
            .All(upload => string.Equals(upload, WorkflowRunFile.UploadName, StringComparison.Ordinal));

    private async Task<(int Bills, int LooksMade)> TakeAsync(
        BillHints hints, IProgress<IngestProgress>? progress, CancellationToken cancellation)
    {
        var bills = 0;
        var takings = new List<(BillTaking Taking, HeldBill Bill)>();
        await foreach (var bill in storage.ArchiveWalk.ReadBillsAsync(cancellation))
        {
            bills++;
            IReadOnlyList<BillTaking> noted = bill.Takings.Count > 0
                ? bill.Takings
                : [new BillTaking(hints, await ReadAtAsync(bill, cancellation))];
            takings.AddRange(noted.Select(taking => (taking, bill)));
        }

        var looks = 0;
        var done = 0;
        // As they came: of two looks at one time the one that was stored later counts.
        foreach (var (taking, bill) in takings
            .OrderBy(pair => pair.Taking.ObservedAt)
            .ThenBy(pair => pair.Bill.KeptAt)
            .ThenBy(pair => pair.Bill.Name, StringComparer.Ordinal))
        {
            progress?.Report(new IngestProgress("taking bills", done, takings.Count));
            done++;
            var content = await bill.ReadAsync(cancellation);
            var (read, stored) = await take.ExecuteAgainAsync(bill.Name, content, taking, cancellation);
            problems.AddRange(read.Problems);
            looks += stored;
        }

        return (bills, looks);
    }

    // A provider's answer says when it was asked for; of a file the archive's own time is the best there is.
    private static async Task<DateTimeOffset> ReadAtAsync(HeldBill bill, CancellationToken cancellation)
    {
        if (!bill.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return bill.KeptAt;
        try
        {
            using var document = JsonDocument.Parse(await bill.ReadAsync(cancellation));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("requestedAt", out var at)
                && at.ValueKind == JsonValueKind.String
                && at.TryGetDateTimeOffset(out var requestedAt)
                    ? requestedAt
                    : bill.KeptAt;
        }
        catch (JsonException)
        {
            return bill.KeptAt;
        }
    }

    private async Task FindDaysAsync(CancellationToken cancellation)
    {
        await foreach (var look in storage.Store.ReadObservationsAsync(null, null, null, cancellation))
            days.Add(look.Day);
        await foreach (var run in storage.Store.ReadRunsAsync(null, null, cancellation))
        {
            days.UnionWith(run.Slices.Select(slice => slice.Day));
            if (UnseenUsage.StartDayOf(run.Facts) is { } started)
                days.Add(started);
            if (!run.HasTelemetry && UnseenUsage.NextDayOf(run.Facts) is { } next)
                days.Add(next);
        }
    }
}
