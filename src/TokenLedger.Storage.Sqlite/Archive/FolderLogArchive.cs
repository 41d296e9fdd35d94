using System.Globalization;
using System.Security.Cryptography;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>The raw files in a folder beside the ledger.</summary>
/// <remarks>
/// 1. copy to a temporary name while hashing; 2. flush to the disk; 3. with the run's lock: look the hash up, rename,
/// note the hash. A killed process leaves at most a temporary file, which a later start removes.
/// The folder entry itself is not flushed (.NET has no call for it): after a power cut a file may be missing, and
/// taking the same evidence again brings it back.
/// </remarks>
public sealed class FolderLogArchive : ILogArchive
{
    // More versions of one path than any run has; a hostile input ends here instead of filling the disk.
    private const int VersionsMax = 1000;

    // Older than any copy can last.
    private static readonly TimeSpan TemporaryAgeMax = TimeSpan.FromDays(1);

    private readonly string root;
    private readonly string temporaryFolder;

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
            var hash = await CopyAsync(file, temporary, cancellation);
            var folder = FolderOf(run);
            using var ownership = await FolderLock.TakeAsync(folder, cancellation);
            return Place(temporary, hash, folder, run.Attempt, uploadName, file.Path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> ReadUploadNamesAsync(RunIdentity run, CancellationToken cancellation)
    {
        var folder = FolderOf(run);
        IReadOnlySet<string> names = Directory.Exists(folder)
            ? StoredFiles(folder)
                .Select(relative => ArchivePath.Decode(relative.Split('/', 3)[1]))
                .ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>(StringComparer.Ordinal);
        return Task.FromResult(names);
    }

    /// <inheritdoc/>
    public Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation)
    {
        var folder = FolderOf(run);
        if (!Directory.Exists(folder))
            return Task.FromResult(new ArchivedRun([], []));
        var hashes = HashIndex.Read(folder);
        // Nobody but the archive writes here, so that all but zips were recognised before.
        var uploads = StoredFiles(folder)
            .Order(StringComparer.Ordinal)
            .Select(relative => ArchivedUpload.Open(
                Path.Combine(folder, relative), ToArchived(folder, relative, hashes), isJudged: true))
            .ToList();
        return Task.FromResult(new ArchivedRun(
            [.. uploads.SelectMany(upload => upload.Files)], [.. uploads.SelectMany(upload => upload.Problems)]));
    }

    /// <inheritdoc/>
    public async Task<ArchivedBill> AddBillAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var folder = $"bills/{Convert.ToHexStringLower(SHA256.HashData(content.Span))}";
        if (Directory.Exists(Inside(folder)) && Directory.EnumerateFiles(Inside(folder)).Order(StringComparer.Ordinal)
            .FirstOrDefault() is { } held)
            return new ArchivedBill($"{folder}/{Path.GetFileName(held)}", IsNew: false);
        var relative = $"{folder}/{ArchivePath.EncodeSegment(name)}";
        var target = Inside(relative);
        var temporary = TemporaryName();
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await stream.WriteAsync(content, cancellation);
                stream.Flush(flushToDisk: true);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // The name holds the hash: whoever wins a race wrote the same bytes.
            File.Move(temporary, target, overwrite: true);
            return new ArchivedBill(relative, IsNew: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool Place(
        string temporary, string hash, string folder, int attempt, string uploadName, string evidencePath)
    {
        var path = ArchivePath.Encode(evidencePath);
        var upload = ArchivePath.EncodeSegment(uploadName);
        var attemptText = attempt.ToString(CultureInfo.InvariantCulture);
        var hashes = HashIndex.Read(folder);
        foreach (var relative in StoredFiles(folder))
        {
            var parts = relative.Split('/', 3);
            if (parts.Length == 3
                && string.Equals(parts[0], attemptText, StringComparison.Ordinal)
                && string.Equals(parts[2], path, StringComparison.Ordinal)
                && string.Equals(HashOf(folder, relative, hashes), hash, StringComparison.Ordinal))
                return false;
        }

        for (var version = 1; version <= VersionsMax; version++)
        {
            var suffix = version == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"~{version}");
            var relative = $"{attemptText}/{upload}{suffix}/{path}";
            var target = Path.Combine(folder, relative);
            if (File.Exists(target) || Directory.Exists(target) || IsBelowFile(folder, target))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(temporary, target);
            HashIndex.Append(folder, relative, hash);
            return true;
        }

        throw new LedgerUnusableException(
            $"{folder} holds {VersionsMax} versions of one file: remove what you do not need and ingest again.");
    }

    private static bool IsBelowFile(string folder, string target)
    {
        for (var parent = Path.GetDirectoryName(target); parent is not null && parent.Length > folder.Length;
            parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(parent))
                return true;
        }

        return false;
    }

    private static ArchivedFile ToArchived(string folder, string relative, Dictionary<string, string> hashes)
    {
        var target = Path.Combine(folder, relative);
        var attempt =
            int.Parse(relative[..relative.IndexOf('/', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        var file = new EvidenceFile(ArchivePath.Decode(relative), new FileInfo(target).Length, () => OpenRead(target));
        return new ArchivedFile(attempt, file, HashOf(folder, relative, hashes));
    }

    private static string HashOf(string folder, string relative, Dictionary<string, string> hashes)
    {
        if (hashes.TryGetValue(relative, out var known))
            return known;
        using var stream = OpenRead(Path.Combine(folder, relative));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static IEnumerable<string> StoredFiles(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
        .Where(relative => char.IsAsciiDigit(relative[0]) && relative.Contains('/', StringComparison.Ordinal));

    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    // On a thread of the pool, because it reads and writes without pause.
    private static Task<string> CopyAsync(EvidenceFile file, string target, CancellationToken cancellation) => Task.Run(
        () =>
        {
            using var copy = new HashedCopy(file, target);
            return copy.Run(cancellation);
        },
        cancellation);

    // Owner and name are lower case, because GitHub's are one in any case; the run's rows keep the spelling.
    private string FolderOf(RunIdentity run) => Inside(string.Join(
        '/',
        "run-logs",
        ArchivePath.EncodeSegment(run.Host.ToLowerInvariant()),
        ArchivePath.EncodeSegment(run.Owner.ToLowerInvariant()),
        ArchivePath.EncodeSegment(run.RepositoryName.ToLowerInvariant()),
        run.RunId.ToString(CultureInfo.InvariantCulture)));

    private string Inside(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(root, relative));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidOperationException("An encoded name left the archive.");
    }

    private string TemporaryName() => Path.Combine(temporaryFolder, Path.GetRandomFileName());
}
