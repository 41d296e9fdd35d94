using System.Globalization;
using System.Security.Cryptography;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Archive;

/// <summary>Copies a run's blobs into a temporary folder and opens them there.</summary>
internal sealed class RunDownload(BlobContainerClient container)
{
    // A run has a dozen of files; a hostile uploader ends here instead of filling the disk.
    private const int BlobsMax = 10_000;
    private const long BytesMax = 16L * 1024 * 1024 * 1024;

    private const int AtOnce = 4;
    private const int TriesMax = 3;
    private const int BufferBytes = 128 * 1024;

    /// <summary>Opens the blobs under a prefix; null when they are those of a mark.</summary>
    public async Task<ArchivedRun?> OpenAsync(string prefix, string? mark, CancellationToken cancellation)
    {
        var problems = new List<InputProblem>();
        var blobs = await ListAsync(prefix, problems, cancellation);
        // As listed: what changes until it is read has another version in the next list.
        var now = problems.Count > 0
            ? null
            : ArchiveMark.Of([.. blobs.Select(blob => ArchiveMark.ItemOf(blob.Name, blob.Properties.ETag.ToString()))]);
        if (now is not null && string.Equals(now, mark, StringComparison.Ordinal))
            return null;
        var folder = TemporaryFolders.Create();
        try
        {
            var opened = new ArchivedUpload?[blobs.Count];
            await Parallel.ForEachAsync(
                Enumerable.Range(0, blobs.Count),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (at, stop) => opened[at] = await OpenAsync(
                    blobs[at], prefix, Path.Combine(folder.FullName, at.ToString(CultureInfo.InvariantCulture)), stop));
            problems.AddRange(opened.OfType<ArchivedUpload>().SelectMany(upload => upload.Problems));
            return new ArchivedRun(
                [.. opened.OfType<ArchivedUpload>().SelectMany(upload => upload.Files)
                    .OrderBy(file => file.File.Path, StringComparer.Ordinal)],
                problems,
                () => TemporaryFolders.Delete(folder))
            {
                Mark = now,
            };
        }
        catch
        {
            TemporaryFolders.Delete(folder);
            throw;
        }
    }

    // By name, so that the same blobs are taken whenever there are too many.
    private async Task<List<BlobItem>> ListAsync(
        string prefix, List<InputProblem> problems, CancellationToken cancellation)
    {
        var taken = new List<BlobItem>();
        var bytes = 0L;
        await foreach (var blob in container.ListAsync(prefix, itemsPerPage: null, cancellation))
        {
            if (BlobNames.AttemptOf(blob.Name[prefix.Length..]) is null)
                continue;
            if (taken.Count == BlobsMax || bytes + blob.Properties.LengthBytes > BytesMax)
            {
                problems.Add(ArchivedUpload.TooMuch(ArchivePath.Decode(blob.Name[prefix.Length..])));
                break;
            }

            bytes += blob.Properties.LengthBytes;
            taken.Add(blob);
        }

        return taken;
    }

    private async Task<ArchivedUpload?> OpenAsync(
        BlobItem blob, string prefix, string target, CancellationToken cancellation)
    {
        var relative = blob.Name[prefix.Length..];
        if (await CopyAsync(blob, target, cancellation) is not { } sha256)
            return null;
        var file = new EvidenceFile(
            ArchivePath.Decode(relative), new FileInfo(target).Length, () => OpenRead(target));
        var isOurs = blob.Properties.Metadata.TryGetValue(BlobLogArchive.HashMetadata, out var noted)
            && string.Equals(noted, sha256, StringComparison.OrdinalIgnoreCase);
        return ArchivedUpload.Open(
            target, new ArchivedFile(BlobNames.AttemptOf(relative)!.Value, file, sha256), isOurs);
    }

    // The hash of what came; null when the blob is gone.
    private async Task<string?> CopyAsync(BlobItem blob, string target, CancellationToken cancellation)
    {
        if (NotedContent.Of(blob) is { } noted)
        {
            await using var listed = new MemoryStream(noted, writable: false);
            return await CopyAsync(listed, target, noted.Length, cancellation);
        }

        for (var attempt = 1; ; attempt++)
        {
            var got = await container.GetAsync(blob.Name, cancellationToken: cancellation);
            if (!got.IsDone)
                return null;
            await using var content = got.Value;
            try
            {
                return await CopyAsync(content.Content, target, blob.Properties.LengthBytes, cancellation);
            }
            catch (IOException failure) when (attempt < TriesMax && failure is not FileNotFoundException)
            {
                // The connection broke: read the blob again, from its beginning.
                continue;
            }
            catch (IOException failure)
            {
                throw new StorageFailureException(
                    $"read a blob of container {container.Name}", 0, null, null, failure);
            }
        }
    }

    private static async Task<string> CopyAsync(
        Stream source, string target, long bytesMax, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var copy = new FileStream(
            target, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var buffer = new byte[BufferBytes];
        var left = bytesMax;
        while (await source.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            // Listed with another length: it was replaced in between, and counted against the bound as it was.
            left -= read;
            if (left < 0)
                throw new IOException("The blob grew while it was read.");
            hash.AppendData(buffer.AsSpan(0, read));
            await copy.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static FileStream OpenRead(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
}
