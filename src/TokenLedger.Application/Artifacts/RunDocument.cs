using System.Text.Json;

namespace TokenLedger.Application.Artifacts;

/// <summary>One run, every attempt of it, with the shares of the bill that are stored of it.</summary>
public sealed record RunDocument
{
    /// <summary>The name of the document's form.</summary>
    public const string SchemaName = "tokenledger/run/v1";

    /// <summary><see cref="SchemaName"/>.</summary>
    public required string Schema { get; init; }

    /// <summary>The attempts, in order, each over all its days.</summary>
    public required IReadOnlyList<RunEntry> Runs { get; init; }

    /// <summary>The document as UTF-8 JSON.</summary>
    public byte[] ToBytes() =>
        [.. JsonSerializer.SerializeToUtf8Bytes(this, ArtifactJson.Default.RunDocument), (byte)'\n'];
}
