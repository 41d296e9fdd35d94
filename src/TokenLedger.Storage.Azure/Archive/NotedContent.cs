using System.Security.Cryptography;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Blobs;

namespace TokenLedger.Storage.Azure.Archive;

/// <summary>
/// A small record's bytes beside it in its metadata, so that a list of the run's blobs brings them along.
/// </summary>
internal static class NotedContent
{
    private const string Metadata = "content";

    // In Base64 4 KB of the 8 KiB that metadata may have.
    private const int BytesMax = 3_000;

    /// <summary>Adds a record's bytes to its metadata where they are few.</summary>
    public static async Task AddAsync(
        Dictionary<string, string> metadata, EvidenceFile record, string sha256, CancellationToken cancellation)
    {
        if (record.LengthBytes is <= 0 or > BytesMax)
            return;
        using var bytes = new MemoryStream();
        await using var content = EvidenceStream.Open(record, sha256);
        await content.CopyToAsync(bytes, cancellation);
        if (bytes.Length is > 0 and <= BytesMax)
            metadata[Metadata] = Convert.ToBase64String(bytes.ToArray());
    }

    /// <summary>The bytes of a listed blob; null when it has to be read.</summary>
    public static byte[]? Of(BlobItem blob)
    {
        var noted = blob.Properties.Metadata;
        if (blob.Properties.LengthBytes is <= 0 or > BytesMax
            || !noted.TryGetValue(Metadata, out var text)
            || !noted.TryGetValue(BlobLogArchive.HashMetadata, out var hash))
            return null;
        var bytes = new byte[BytesMax];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length != blob.Properties.LengthBytes)
            return null;
        var content = bytes[..length];
        return string.Equals(hash, Convert.ToHexStringLower(SHA256.HashData(content)), StringComparison.Ordinal)
            ? content
            : null;
    }
}
