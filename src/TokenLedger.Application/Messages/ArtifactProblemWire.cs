namespace TokenLedger.Application.Messages;

/// <summary>A problem of <c>collectRun1</c>.</summary>
internal sealed record ArtifactProblemWire
{
    public required long Artifact { get; init; }

    public required string Source { get; init; }

    public required string Code { get; init; }

    public required string Message { get; init; }
}
