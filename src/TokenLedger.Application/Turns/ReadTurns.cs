using TokenLedger.Application.Ports;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Turns;

namespace TokenLedger.Application.Turns;

/// <summary>
/// Splits a run's usage over the turns of its agents, by reading its raw files again: no table holds turns.
/// </summary>
public sealed class ReadTurns(ILedgerStore store, ILogArchive archive, PriceBook prices)
{
    /// <summary>The turns of one run.</summary>
    /// <param name="attempts">Attempts of the same run, at least one.</param>
    /// <param name="includes">Whether a UTC day is asked for.</param>
    /// <param name="cancellation">Ends the reading between blocks.</param>
    /// <returns>Turns whose usage, on those days, adds up to that of the attempts.</returns>
    public async Task<TurnsOfRun> ExecuteAsync(
        IReadOnlyList<LedgerRun> attempts, Func<DateOnly, bool> includes, CancellationToken cancellation)
    {
        var facts = attempts[0].Facts;
        if (RunIdentity.Of(facts.Key.Host, facts.Repository, facts.Key.RunId, facts.Key.Attempt) is not { } run)
            return Of(attempts, files: [], Unnamed(facts), includes, cancellation);
        // The files lie under the name that the run was first known by.
        run = (await store.FindRunAsync(run.Host, run.RunId, cancellation))?.UnderKnownName(run) ?? run;
        using var archived = await archive.OpenAsync(run, cancellation);
        return Of(attempts, archived.Files, run, includes, cancellation);
    }

    private TurnsOfRun Of(
        IReadOnlyList<LedgerRun> attempts, IReadOnlyList<ArchivedFile> files, RunIdentity run,
        Func<DateOnly, bool> includes, CancellationToken cancellation)
    {
        var usage = RunTurns.Of(run, files, attempts, prices, cancellation);
        return new TurnsOfRun(
            [
                .. usage.Turns
                    .Select(turn => (Whole: turn, Asked: turn with
                    {
                        Slices = [.. turn.Slices.Where(slice => includes(slice.Day))],
                    }))
                    .Where(pair => pair.Asked.Slices.Count > 0 || IsIdleIn(pair.Whole, includes))
                    .Select(pair => PricedTurn.Of(pair.Asked, prices)),
            ],
            files.Count == 0, files.Count == 0 ? 0 : usage.UnreadRequests);
    }

    // A turn whose requests left no record is one of the days asked for if it started on one of them.
    private static bool IsIdleIn(TurnUsage turn, Func<DateOnly, bool> includes) => turn.Slices.Count == 0
        && (turn.Turn?.StartedAt is not { } at || includes(DateOnly.FromDateTime(at.UtcDateTime)));

    private static RunIdentity Unnamed(RunFacts facts) =>
        new(facts.Key.Host, facts.Owner, facts.Repository, facts.Key.RunId, facts.Key.Attempt);
}
