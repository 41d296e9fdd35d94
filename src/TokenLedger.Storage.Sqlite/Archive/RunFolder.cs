using System.Globalization;
using System.Security.Cryptography;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Sqlite.Archive;

/// <summary>What is archived of one run, in a folder: <c>{attempt}/{upload}/{path}</c>.</summary>
internal sealed class RunFolder(string folder, LateHashes late)
{
    // More versions of one path than any run has; a hostile input ends here instead of filling the disk.
    private const int VersionsMax = 1000;

    /// <summary>The evidence, in the ordinal order of its files; that of zips with theirs.</summary>
    public ArchivedRun Open()
    {
        if (!Directory.Exists(folder))
            return new ArchivedRun([], []);
        var stored = StoredFiles().Order(StringComparer.Ordinal).ToList();
        // Before the index is read: a hash that is awaited no longer has its line.
        var awaited = stored.Select(relative => late.Find(folder, relative)).ToList();
        var hashes = HashIndex.Read(folder);
        // Nobody but the archive writes here, so that all but zips were recognised before.
        var uploads = stored
            .Select((relative, i) => ArchivedUpload.Open(
                Path.Combine(folder, relative),
                ToArchived(
                    relative, awaited[i] ?? Task.FromResult(hashes.GetValueOrDefault(relative) ?? HashOf(relative))),
                isJudged: true))
            .ToList();
        return new ArchivedRun(
            [.. uploads.SelectMany(upload => upload.Files)], [.. uploads.SelectMany(upload => upload.Problems)]);
    }

    /// <summary>The names of the uploads, of every attempt.</summary>
    public IReadOnlySet<string> UploadNames() => Directory.Exists(folder)
        ? StoredFiles().Select(relative => ArchivePath.Decode(relative.Split('/', 3)[1]))
            .ToHashSet(StringComparer.Ordinal)
        : new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Moves a copy to its place, unless the same bytes are there under any upload.</summary>
    public async Task<bool> PlaceAsync(
        FlushedCopy copy, int attempt, string uploadName, string evidencePath, CancellationToken cancellation)
    {
        using var ownership = await FolderLock.TakeAsync(folder, cancellation);
        var attemptText = attempt.ToString(CultureInfo.InvariantCulture);
        var path = ArchivePath.Encode(evidencePath);
        if (await HoldsAsync(copy, attemptText, path))
            return false;
        var relative = FreePlace(attemptText, ArchivePath.EncodeSegment(uploadName), path);
        var target = Path.Combine(folder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(copy.Path, target);
        if (copy.Hashing.IsCompletedSuccessfully)
            HashIndex.Append(folder, relative, await copy.Hashing);
        else
            late.Await(folder, relative, copy.Hashing);
        return true;
    }

    // A file of another length has other bytes, so only one of the same length is worth a look at the hashes.
    private async Task<bool> HoldsAsync(FlushedCopy copy, string attempt, string path)
    {
        Dictionary<string, string>? hashes = null;
        foreach (var relative in StoredFiles())
        {
            var parts = relative.Split('/', 3);
            if (parts.Length < 3
                || !string.Equals(parts[0], attempt, StringComparison.Ordinal)
                || !string.Equals(parts[2], path, StringComparison.Ordinal)
                || new FileInfo(Path.Combine(folder, relative)).Length != copy.LengthBytes)
                continue;
            hashes ??= HashIndex.Read(folder);
            if (!hashes.TryGetValue(relative, out var held))
                HashIndex.Append(folder, relative, held = HashOf(relative));
            if (string.Equals(held, await copy.Hashing, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private string FreePlace(string attempt, string upload, string path)
    {
        for (var version = 1; version <= VersionsMax; version++)
        {
            var suffix = version == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"~{version}");
            var relative = $"{attempt}/{upload}{suffix}/{path}";
            var target = Path.Combine(folder, relative);
            if (!File.Exists(target) && !Directory.Exists(target) && !IsBelowFile(target))
                return relative;
        }

        throw new LedgerUnusableException(
            $"{folder} holds {VersionsMax} versions of one file: remove what you do not need and ingest again.");
    }

    private bool IsBelowFile(string target)
    {
        for (var parent = Path.GetDirectoryName(target); parent is not null && parent.Length > folder.Length;
            parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(parent))
                return true;
        }

        return false;
    }

    private ArchivedFile ToArchived(string relative, Task<string> hashing)
    {
        var target = Path.Combine(folder, relative);
        var attempt =
            int.Parse(relative[..relative.IndexOf('/', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        var file = new EvidenceFile(ArchivePath.Decode(relative), new FileInfo(target).Length, () => OpenRead(target));
        return new ArchivedFile(attempt, file, hashing);
    }

    private string HashOf(string relative)
    {
        using var stream = OpenRead(Path.Combine(folder, relative));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private IEnumerable<string> StoredFiles() => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
        .Where(relative => char.IsAsciiDigit(relative[0]) && relative.Contains('/', StringComparison.Ordinal));

    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
}
