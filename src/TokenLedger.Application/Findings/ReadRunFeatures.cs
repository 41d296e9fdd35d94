using TokenLedger.Application.Ports;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Features;

namespace TokenLedger.Application.Findings;

/// <summary>
/// The features of runs, as they are stored; what is missing or stale is made from the archive and stored, so many runs
/// a reader at most.
/// </summary>
/// <param name="store">Tells what a run's rows were made of.</param>
/// <param name="archive">The raw files.</param>
/// <param name="records">Where features are kept.</param>
/// <param name="prices">Names and prices.</param>
/// <param name="madeMax">How many runs' files it opens before it only reads what is stored.</param>
public sealed class ReadRunFeatures(
    ILedgerStore store, ILogArchive archive, IRecords records, PriceBook prices,
    int madeMax = ReadRunFeatures.MadeMax)
{
    /// <summary>The runs of a month of a large ledger; some milliseconds each on a file, more over a network.</summary>
    public const int MadeMax = 10_000;

    // Rows are put in calls of this many, so that a kill loses little.
    private const int PutTogether = 50;

    /// <summary>Runs whose files were opened.</summary>
    public int Made { get; private set; }

    /// <summary>Runs that were left without features because enough had been opened.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The features of run attempts that count to a day; those that are not known are left out.</summary>
    /// <param name="day">The UTC day.</param>
    /// <param name="runs">The attempts.</param>
    /// <param name="cancellation">Ends between runs; the next call goes on.</param>
    public async Task<IReadOnlyDictionary<RunKey, RunFeatures>> ExecuteAsync(
        DateOnly day, IReadOnlyList<LedgerRun> runs, CancellationToken cancellation)
    {
        var known = new Dictionary<string, RecordRow>(StringComparer.Ordinal);
        var partition = FindingTables.PartitionOf(day);
        await foreach (var stored in records.ReadPartitionAsync(FindingTables.RunFeatures, partition, cancellation))
            known.Add(stored.Row.RowKey, stored.Row);
        var found = new Dictionary<RunKey, RunFeatures>();
        var fresh = new List<RecordRow>();
        foreach (var attempts in runs.Where(run => run.HasTelemetry).GroupBy(
            run => (run.Facts.Key.Host, run.Facts.Key.RunId)))
        {
            if (await store.FindRunAsync(attempts.Key.Host, attempts.Key.RunId, cancellation) is not { } head)
                continue;
            var stale = new List<LedgerRun>();
            foreach (var run in attempts)
            {
                if (known.TryGetValue(RunFeatureRow.KeyOf(run.Facts.Key), out var row)
                    && RunFeatureRow.IsOf(row, head.InputHash, prices.Hash))
                    found.Add(run.Facts.Key, RunFeatureRow.Read(row, run.Facts.Key));
                else
                    stale.Add(run);
            }

            if (stale.Count == 0)
                continue;
            foreach (var features in await MakeAsync(stale, head, cancellation))
            {
                found.Add(features.Run, features);
                fresh.Add(RunFeatureRow.Of(features, day, head.InputHash, prices.Hash));
            }

            if (fresh.Count < PutTogether)
                continue;
            await records.PutAsync(fresh, cancellation);
            fresh.Clear();
        }

        if (fresh.Count > 0)
            await records.PutAsync(fresh, cancellation);
        return found;
    }

    private async Task<IReadOnlyList<RunFeatures>> MakeAsync(
        List<LedgerRun> attempts, StoredRun head, CancellationToken cancellation)
    {
        if (Made >= madeMax)
        {
            LeftOut++;
            return [];
        }

        var facts = attempts[0].Facts;
        if (RunIdentity.Of(facts.Key.Host, facts.Repository, facts.Key.RunId, facts.Key.Attempt) is not { } run)
            return [];
        Made++;
        // The files lie under the name that the run was first known by.
        run = head.UnderKnownName(run);
        using var archived = await archive.OpenAsync(run, cancellation);
        return RunFeatureFold.Of(run, archived.Files, attempts, prices, cancellation);
    }
}
