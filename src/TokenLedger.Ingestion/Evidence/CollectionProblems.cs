using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>The problems of collecting a run's artifacts; each code is explained in <c>docs/codes.md</c>.</summary>
public static class CollectionProblems
{
    /// <summary>The code of an artifact whose content is deleted.</summary>
    public const string ExpiredCode = EvidenceCodes.ArtifactExpired;

    /// <summary>The artifact's content is deleted.</summary>
    public static InputProblem Expired(RunArtifact artifact) => new(
        artifact.Name, null, ExpiredCode,
        "The artifact had expired before it was collected; keep artifacts for longer, or collect sooner.");

    /// <summary>The artifact is larger than any with telemetry.</summary>
    public static InputProblem TooLarge(RunArtifact artifact) => new(
        artifact.Name, null, EvidenceCodes.ArtifactTooLarge,
        "The artifact is larger than any with telemetry and was left out; ingest it yourself if it holds any.");

    /// <summary>GitHub did not deliver the artifact until nobody asked any more.</summary>
    /// <param name="artifact">The artifact.</param>
    /// <param name="message">GitHub's reason, without a secret.</param>
    public static InputProblem NotDelivered(RunArtifact artifact, string message) =>
        new(artifact.Name, null, EvidenceCodes.ArtifactNotDelivered, message);

    /// <summary>The run has more artifacts than are looked at.</summary>
    public static InputProblem TooMany() => new(
        "artifacts", null, EvidenceCodes.TooManyArtifacts,
        "The run has over 1,000 artifacts and the first thousand were taken; ingest the others yourself.");

    /// <summary>GitHub refused until nobody asked any more.</summary>
    /// <param name="message">GitHub's reason and what to do, without a secret.</param>
    public static InputProblem Refused(string message) =>
        new("artifacts", null, EvidenceCodes.CollectionRefused, message);
}
