using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ingesting;

/// <summary>What an ingest made of one run.</summary>
/// <param name="Identity">The run.</param>
/// <param name="IsChanged">False when its rows were made of the same files already.</param>
/// <param name="Attempts">Its attempts; empty when unchanged.</param>
/// <param name="Lines">What became of its lines; zeros when unchanged.</param>
/// <param name="Problems">
/// What of its evidence was not taken; empty when its rows were made of the same files already.
/// </param>
public sealed record IngestedRun(
    RunIdentity Identity,
    bool IsChanged,
    IReadOnlyList<LedgerRun> Attempts,
    LineCounts Lines,
    IReadOnlyList<InputProblem> Problems)
{
    /// <summary>What is stored of it, with the days that nobody has queued yet; null when nothing is.</summary>
    public StoredRun? Stored { get; init; }
}
