using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>All attempts of one run, folded from all its archived files.</summary>
/// <param name="Host">The GitHub host.</param>
/// <param name="RunId">The run id.</param>
/// <param name="InputHash">The hash over the files' hashes and the price book that decided cache conventions.</param>
/// <param name="Attempts">The attempts in order.</param>
/// <param name="Lines">What became of every line of every record file.</param>
/// <param name="Problems">Every rejected line and file, in order of path and line.</param>
public sealed record FoldedRun(
    string Host,
    long RunId,
    string InputHash,
    IReadOnlyList<LedgerRun> Attempts,
    LineCounts Lines,
    IReadOnlyList<InputProblem> Problems)
{
    /// <summary>
    /// The revision of the stored rows when the archive was opened, 0 for none: rows of a later one were made of later
    /// files, perhaps. Null to store whatever is there.
    /// </summary>
    public long? BasedOnRevision { get; init; }

    /// <summary>
    /// A note of the archive that was folded, by which it is known again without being read; null when none was made.
    /// </summary>
    public string? ArchiveMark { get; init; }

    /// <summary>Whether rows of a revision are those that were there when the archive was opened.</summary>
    public bool IsBasedOn(long revision) => BasedOnRevision is null || BasedOnRevision == revision;
}
