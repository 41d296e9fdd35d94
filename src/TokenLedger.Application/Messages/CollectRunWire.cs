namespace TokenLedger.Application.Messages;

/// <summary><c>collectRun1</c>.</summary>
internal sealed record CollectRunWire
{
    public required string Host { get; init; }

    public required string Owner { get; init; }

    public required string Repository { get; init; }

    public long? RepositoryId { get; init; }

    public required long RunId { get; init; }

    public required int Attempt { get; init; }

    public long? InstallationId { get; init; }

    public int? Tries { get; init; }

    public int? Waits { get; init; }

    public int? Parts { get; init; }

    public ArtifactMemoryWire? Memory { get; init; }

    public string? TraceParent { get; init; }
}
