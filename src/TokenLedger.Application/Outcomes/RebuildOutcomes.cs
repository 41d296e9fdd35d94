using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Outcomes;

/// <summary>Makes the outcome tables again of the archive. It may be ended at any instruction and run again.</summary>
public sealed class RebuildOutcomes(
    ILedgerStore store, ILogArchive archive, IArchiveWalk walk, IOutcomeArchive outcomes, IRecords records)
{
    /// <summary>Links every run and stores every outcome.</summary>
    /// <returns>How many runs were linked, and how many outcomes there are.</returns>
    public async Task<(int Linked, int Outcomes)> ExecuteAsync(CancellationToken cancellation)
    {
        var (linked, stored) = (0, 0);
        var link = new LinkRun(store, archive, records);
        await foreach (var run in walk.ReadRunsAsync(cancellation))
            linked += await link.ExecuteAsync(run, cancellation) ? 1 : 0;
        var storing = new StoreOutcome(outcomes, records);
        await foreach (var place in outcomes.ReadPlacesAsync(cancellation).Where(place => place.Commit is null))
            stored += await storing.ExecuteAsync(place, cancellation) is null ? 0 : 1;
        return (linked, stored);
    }
}
