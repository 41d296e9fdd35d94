using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Sessions;

namespace TokenLedger.Ingestion.Turns;

/// <summary>Splits the slices of a run over the turns of its agents.</summary>
public static class RunTurns
{
    /// <summary>What each turn used, and what belongs to none.</summary>
    /// <remarks>The slices of the answer add up to those given, kind by kind, whatever the files hold.</remarks>
    /// <param name="run">The run; its attempt is not looked at.</param>
    /// <param name="files">All archived files of the run, in any order; none where the archive is gone.</param>
    /// <param name="attempts">The run's rows.</param>
    /// <param name="prices">Names of models, and prices for telling cache conventions apart.</param>
    /// <param name="cancellation">Ends the reading between blocks.</param>
    public static RunTurnUsage Of(
        RunIdentity run, IReadOnlyList<ArchivedFile> files, IReadOnlyList<LedgerRun> attempts, PriceBook prices,
        CancellationToken cancellation)
    {
        var own = RunFold.OwnFiles(run, files, []);
        TurnCells? cells = null;
        RunReading.Of(run, own, prices, cancellation, windows =>
        {
            var reader = new TurnReader(cancellation);
            foreach (var file in own.Where(file => file.Kind == EvidenceKind.Session))
                reader.Read(file);
            return cells = new TurnCells(new TurnLinker(TurnSessions.Once(reader.Sessions, windows)));
        });
        var split = new TurnSplit(cells!);
        return new RunTurnUsage(
            [.. attempts.OrderBy(attempt => attempt.Facts.Key).SelectMany(split.Of)], split.Unread);
    }
}
