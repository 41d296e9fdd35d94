using TokenLedger.Application.Ports;
using TokenLedger.Domain.Pricing;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ingesting;

/// <summary>
/// Takes evidence of runs: archive every file first, then fold each touched run once from all its files.
/// </summary>
/// <remarks>
/// May end at any instruction. What is archived but not folded is folded when the same evidence is taken again,
/// because the hash of the archive then differs from the hash of the stored rows.
/// </remarks>
public sealed class IngestEvidence(ILedgerStore store, ILogArchive archive, PriceBook prices)
{
    private readonly FoldRun fold = new(store, archive, prices);
    private readonly List<InputProblem> problems = [];
    private readonly SortedDictionary<(string Host, long RunId), RunIdentity> touched = [];
    private int filesArchived;
    private int filesKnown;
    private int bundlesWithoutRun;

    /// <summary>Takes all evidence below the paths.</summary>
    /// <param name="paths">Files, folders, zips.</param>
    /// <param name="hints">What flags say of the run.</param>
    /// <param name="progress">Told of every bundle and run; null for silence.</param>
    /// <param name="cancellation">Ends between files, lines or runs; nothing half-done stays.</param>
    public async Task<IngestOutcome> ExecuteAsync(
        IReadOnlyList<string> paths, IdentityHints hints, IProgress<IngestProgress>? progress,
        CancellationToken cancellation)
    {
        var contradiction = await ArchiveAllAsync(paths, hints, progress, cancellation);
        var runs = new List<IngestedRun>();
        foreach (var run in touched.Values)
        {
            progress?.Report(new IngestProgress("folding runs", runs.Count, touched.Count));
            var folded = await fold.ExecuteAsync(run, cancellation);
            runs.Add(folded);
            problems.AddRange(folded.Problems);
        }

        return new IngestOutcome(runs, filesArchived, filesKnown, bundlesWithoutRun, contradiction, problems);
    }

    private async Task<InputProblem?> ArchiveAllAsync(
        IReadOnlyList<string> paths, IdentityHints hints, IProgress<IngestProgress>? progress,
        CancellationToken cancellation)
    {
        var done = 0;
        foreach (var bundle in paths.SelectMany(EvidenceBundles.Open))
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new IngestProgress("archiving evidence", done++, null));
            problems.AddRange(bundle.Problems);
            if (bundle.Files.Count == 0)
                continue;
            var identified = RunIdentification.Identify(bundle, hints);
            if (identified.IsContradiction)
                return identified.Problem;
            if (identified.Problem is { } problem)
                problems.Add(problem);
            if (identified.Identity is not { } run)
            {
                bundlesWithoutRun++;
                continue;
            }

            var known = await store.FindRunAsync(run.Host, run.RunId, cancellation) ?? TouchedAs(run);
            if (known?.Admits(run.Repository, run.RepositoryId) == false)
            {
                var conflict = known.Conflict(run.Host, run.RunId, run.Repository);
                return new InputProblem(bundle.Name, null, IngestProblems.RunConflict, conflict.Message);
            }

            await ArchiveAsync(bundle, known?.UnderKnownName(run) ?? run, hints, cancellation);
        }

        return null;
    }

    // What an earlier bundle of this very ingest was archived as; its rows are not stored yet.
    private StoredRun? TouchedAs(RunIdentity run) => touched.TryGetValue((run.Host, run.RunId), out var first)
        ? new StoredRun(first.Repository, first.RepositoryId, InputHash: "", Revision: 0)
        : null;

    private async Task ArchiveAsync(
        EvidenceBundle bundle, RunIdentity run, IdentityHints hints, CancellationToken cancellation)
    {
        touched.TryAdd((run.Host, run.RunId), run);
        var files = RunHintsFile.Create(hints) is { } said ? bundle.Files.Append(said) : bundle.Files;
        foreach (var file in files)
        {
            try
            {
                if (await archive.AddAsync(run, bundle.UploadName, file, cancellation))
                    filesArchived++;
                else
                    filesKnown++;
            }
            catch (EvidenceUnreadableException failure)
            {
                problems.Add(new InputProblem(
                    bundle.Name, null, IngestProblems.Unreadable, failure.Message + " Get the file again."));
            }
        }
    }
}
