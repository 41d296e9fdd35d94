using Azure;

namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>What is known of a blob without its content.</summary>
/// <remarks><c>LengthBytes</c> is of the whole blob, also when a range was read.</remarks>
public sealed record BlobProperties(
    long LengthBytes,
    ETag ETag,
    DateTimeOffset? LastModifiedAt,
    string? ContentType,
    IReadOnlyDictionary<string, string> Metadata);
