using TokenLedger.Ingestion;

namespace TokenLedger.Application.Ingesting;

/// <summary>What an ingest did.</summary>
/// <param name="Runs">The runs touched, in key order.</param>
/// <param name="FilesArchived">Files copied into the archive.</param>
/// <param name="FilesKnown">Files whose bytes the archive already held.</param>
/// <param name="BundlesWithoutRun">Bundles of which nobody said to which run they belong.</param>
/// <param name="Contradiction">
/// A flag that <c>aw_info.json</c> contradicts, or a run id of another repository; else null.
/// </param>
/// <param name="Problems">Everything that was not taken.</param>
public sealed record IngestOutcome(
    IReadOnlyList<IngestedRun> Runs,
    int FilesArchived,
    int FilesKnown,
    int BundlesWithoutRun,
    InputProblem? Contradiction,
    IReadOnlyList<InputProblem> Problems);
