using TokenLedger.Application.Archiving;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ports;

/// <summary>The raw files: the source of truth from which every table can be made again.</summary>
/// <remarks>
/// Nothing is overwritten or deleted. A file appears whole or not at all, also when the process is killed.
/// </remarks>
public interface ILogArchive
{
    /// <summary>
    /// Copies evidence under <c>run-logs/{host}/{owner}/{repo}/{runId}/{attempt}/{upload}/{path}</c>; a zip stands for
    /// the evidence in it.
    /// </summary>
    /// <returns>
    /// False when the run already holds a file with the same bytes and the same evidence path: nothing was copied.
    /// </returns>
    /// <exception cref="EvidenceUnreadableException">The file's own bytes could not be read to their end.</exception>
    Task<bool> AddAsync(RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation);

    /// <summary>
    /// Keeps a record that the service itself makes, under an upload that nobody else uses: it is not looked for under
    /// other uploads.
    /// </summary>
    /// <returns>False when the upload holds a file with the same bytes: nothing was copied.</returns>
    Task<bool> AddRecordAsync(
        RunIdentity run, string uploadName, EvidenceFile record, CancellationToken cancellation) =>
        AddAsync(run, uploadName, record, cancellation);

    /// <summary>The names of the uploads that a run has, of every attempt.</summary>
    Task<IReadOnlySet<string>> ReadUploadNamesAsync(RunIdentity run, CancellationToken cancellation);

    /// <summary>
    /// Opens everything that is archived of a run, of every attempt. A hash may be known later than the bytes.
    /// </summary>
    Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation);

    /// <summary>As <see cref="OpenAsync"/>, unless the archive holds what a mark says.</summary>
    /// <param name="run">The run.</param>
    /// <param name="mark">A mark that <see cref="ArchivedRun.Mark"/> told; null for none.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Null when the mark would be the same; nothing was read then.</returns>
    async Task<ArchivedRun?> OpenUnlessAsync(RunIdentity run, string? mark, CancellationToken cancellation) =>
        await OpenAsync(run, cancellation);

    /// <summary>
    /// Keeps a raw bill under <c>bills/{hash}/{name}</c>, and how it was taken: the first time for each set of hints;
    /// null where nothing could be taken of it.
    /// </summary>
    /// <returns>The archived name, and whether its bytes were new.</returns>
    Task<ArchivedBill> AddBillAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation);
}
