using Azure;

namespace TokenLedger.Storage.Azure.Blobs;

/// <summary>What a blob is put with, and under which condition.</summary>
public sealed record BlobPutOptions
{
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Replaces all metadata of a blob that is there.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Only if there is no such blob: otherwise the outcome is AlreadyExists.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>Only if the blob still has this version: otherwise the outcome is ConditionNotMet.</summary>
    public ETag? IfMatch { get; init; }

    /// <summary>Needed when the blob is leased.</summary>
    public string? LeaseId { get; init; }

    /// <summary>What the request is called in logs and events, at most 1 KiB; null for an id of its own.</summary>
    public string? ClientRequestId { get; init; }

    internal static BlobPutOptions Default { get; } = new();
}
