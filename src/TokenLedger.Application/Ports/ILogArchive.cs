using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ports;

/// <summary>The raw files: the source of truth from which every table can be made again.</summary>
/// <remarks>
/// Nothing is overwritten or deleted. A file appears whole or not at all, also when the process is killed.
/// </remarks>
public interface ILogArchive
{
    /// <summary>
    /// Copies evidence under <c>run-logs/{host}/{owner}/{repo}/{runId}/{attempt}/{upload}/{path}</c>.
    /// </summary>
    /// <returns>
    /// False when the run already holds a file with the same bytes and the same evidence path: nothing was copied.
    /// </returns>
    /// <exception cref="EvidenceUnreadableException">The file's own bytes could not be read to their end.</exception>
    Task<bool> AddAsync(RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation);

    /// <summary>
    /// Opens everything that is archived of a run, of every attempt. A hash may be known later than the bytes.
    /// </summary>
    Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation);

    /// <summary>Keeps a raw bill under <c>bills/{hash}/{name}</c>.</summary>
    /// <returns>The archived name, and whether its bytes were new.</returns>
    Task<ArchivedBill> AddBillAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation);
}
