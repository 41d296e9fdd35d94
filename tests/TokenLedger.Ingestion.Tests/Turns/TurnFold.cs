using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Tests.Sessions;
using TokenLedger.Ingestion.Turns;

namespace TokenLedger.Ingestion.Tests.Turns;

/// <summary>The turns of a run whose rows are made of the same files.</summary>
internal static class TurnFold
{
    public static IReadOnlyList<TurnUsage> Of(RunFiles files) => Of(files, files.Fold().Attempts).Turns;

    public static RunTurnUsage Of(RunFiles files, IReadOnlyList<LedgerRun> attempts) => RunTurns.Of(
        RunFiles.Run, files.All, attempts, RunFiles.Book, TestContext.Current.CancellationToken);
}
