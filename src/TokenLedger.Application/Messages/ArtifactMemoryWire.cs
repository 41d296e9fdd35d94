namespace TokenLedger.Application.Messages;

/// <summary>What earlier looks found, in <c>collectRun1</c>.</summary>
internal sealed record ArtifactMemoryWire
{
    public IReadOnlyList<long>? WithoutEvidence { get; init; }

    public IReadOnlyList<ArtifactProblemWire>? Problems { get; init; }

    public static ArtifactMemoryWire? Of(ArtifactMemory memory) => memory is { WithoutEvidence: [], Problems: [] }
        ? null
        : new ArtifactMemoryWire
        {
            WithoutEvidence = memory.WithoutEvidence is [] ? null : memory.WithoutEvidence,
            Problems = memory.Problems is []
                ? null
                : [.. memory.Problems.Select(problem => new ArtifactProblemWire
                {
                    Artifact = problem.ArtifactId,
                    Source = problem.Source,
                    Code = problem.Code,
                    Message = problem.Message,
                })],
        };

    public static ArtifactMemory Read(ArtifactMemoryWire? wire) => wire is null
        ? ArtifactMemory.Empty
        : new ArtifactMemory
        {
            WithoutEvidence = wire.WithoutEvidence ?? [],
            Problems = [.. (wire.Problems ?? []).Select(problem => new ArtifactProblem(
                problem.Artifact, problem.Source, problem.Code, problem.Message))],
        };
}
