using System.Globalization;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>The raw files in a folder beside the ledger.</summary>
/// <remarks>
/// 1. copy to a temporary name while hashing; 2. flush to the disk; 3. with the run's lock: look whether the run holds
/// the same bytes, rename, note the hash. Where no file of the same attempt, path and length is held, the bytes are new
/// whatever their hash is, so a long file is renamed before it is hashed to its end, and the hash is noted later. A
/// killed process leaves at most a temporary file, which a later start removes, and a file whose hash is not noted.
/// The folder entry itself is not flushed (.NET has no call for it): after a power cut a file may be missing, and
/// taking the same evidence again brings it back.
/// </remarks>
public sealed class FolderLogArchive : ILogArchive, IArchiveWalk
{
    // Older than any copy can last.
    private static readonly TimeSpan TemporaryAgeMax = TimeSpan.FromDays(1);

    private readonly string root;
    private readonly string temporaryFolder;
    private readonly LateHashes late = new();

    /// <summary>The archive in a folder; made when it does not exist.</summary>
    public FolderLogArchive(string folder, TimeProvider time)
    {
        root = Path.GetFullPath(folder);
        temporaryFolder = Path.Combine(root, ".tmp");
        try
        {
            Directory.CreateDirectory(temporaryFolder);
            foreach (var file in new DirectoryInfo(temporaryFolder).EnumerateFiles())
            {
                if (time.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc > TemporaryAgeMax)
                    file.Delete();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnusableException(
                $"{root} cannot be used ({failure.Message}): check its permissions.", failure);
        }
    }

    /// <summary>The archive of a ledger file: <c>LEDGER.files</c> beside it.</summary>
    public static string FolderOf(string ledgerPath) => Path.GetFullPath(ledgerPath) + ".files";

    /// <inheritdoc/>
    public async Task<bool> AddAsync(
        RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation)
    {
        var temporary = TemporaryName();
        try
        {
            // On a thread of the pool, because it reads and writes without pause.
            var copy = await Task.Run(() => new EvidenceCopy(file, temporary).Run(cancellation), cancellation);
            return await FolderOf(run).PlaceAsync(copy, run.Attempt, uploadName, file.Path, cancellation);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> ReadUploadNamesAsync(RunIdentity run, CancellationToken cancellation) =>
        Task.FromResult(FolderOf(run).UploadNames());

    /// <inheritdoc/>
    public Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation) =>
        Task.FromResult(FolderOf(run).Open());

    /// <inheritdoc/>
    public IAsyncEnumerable<RunIdentity> ReadRunsAsync(CancellationToken cancellation) =>
        new FolderRuns(Inside("run-logs")).Read().ToAsyncEnumerable();

    /// <inheritdoc/>
    public Task<ArchivedBill> AddBillAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation) =>
        Bills.AddAsync(name, content, taking, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<HeldBill> ReadBillsAsync(CancellationToken cancellation) =>
        Bills.Read().ToAsyncEnumerable();

    private FolderBills Bills => new(Inside("bills"), TemporaryName);

    // Owner and name are lower case, because GitHub's are one in any case; the run's rows keep the spelling.
    private RunFolder FolderOf(RunIdentity run) => new(Inside(string.Join(
        '/',
        "run-logs",
        ArchivePath.EncodeSegment(run.Host.ToLowerInvariant()),
        ArchivePath.EncodeSegment(run.Owner.ToLowerInvariant()),
        ArchivePath.EncodeSegment(run.RepositoryName.ToLowerInvariant()),
        run.RunId.ToString(CultureInfo.InvariantCulture))), late);

    private string Inside(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(root, relative));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidOperationException("An encoded name left the archive.");
    }

    private string TemporaryName() => Path.Combine(temporaryFolder, Path.GetRandomFileName());
}
