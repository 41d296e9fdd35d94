using TokenLedger.Ingestion;

namespace TokenLedger.Application.Messages;

/// <summary>
/// What earlier looks at a run's artifacts found and the archive does not show. It travels with the message, so that
/// nothing is downloaded twice for nothing.
/// </summary>
public sealed record ArtifactMemory
{
    // With these, the longest message stays well under the 48 KiB that a queue takes before Base64, also where every
    // character of a text is written as six.
    private const int ArtifactsMax = 1_000;
    private const int ProblemsMax = 10;
    private const int SourceLengthMax = 100;
    private const int MessageLengthMax = 200;

    /// <summary>Nothing was looked at.</summary>
    public static ArtifactMemory Empty { get; } = new();

    /// <summary>The ids of artifacts in which there is no evidence.</summary>
    public IReadOnlyList<long> WithoutEvidence { get; init; } = [];

    /// <summary>What could not be taken of artifacts that are not fetched again; the first few.</summary>
    public IReadOnlyList<ArtifactProblem> Problems { get; init; } = [];

    /// <summary>With an artifact in which there is no evidence.</summary>
    public ArtifactMemory WithNothingIn(long artifactId) =>
        WithoutEvidence.Count >= ArtifactsMax || WithoutEvidence.Contains(artifactId)
            ? this
            : this with { WithoutEvidence = [.. WithoutEvidence, artifactId] };

    /// <summary>With what could not be taken of an artifact.</summary>
    public ArtifactMemory With(long artifactId, IReadOnlyList<InputProblem> problems)
    {
        var more = problems.Take(ProblemsMax - Problems.Count).Select(problem => new ArtifactProblem(
            artifactId, Cut(problem.Source, SourceLengthMax), problem.Code, Cut(problem.Message, MessageLengthMax)));
        return problems.Count == 0 ? this : this with { Problems = [.. Problems, .. more] };
    }

    /// <summary>What is remembered of an artifact.</summary>
    public IEnumerable<InputProblem> ProblemsOf(long artifactId) => Problems
        .Where(problem => problem.ArtifactId == artifactId)
        .Select(problem => new InputProblem(problem.Source, null, problem.Code, problem.Message));

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
