namespace TokenLedger.Ingestion.GitHub;

/// <summary>An artifact of a run, of any of its attempts: GitHub does not say of which.</summary>
/// <param name="Id">GitHub's id; an artifact of an id never changes.</param>
/// <param name="Name">Its name, chosen by the workflow: hostile text.</param>
/// <param name="LengthBytes">The length of its zip as GitHub states it.</param>
/// <param name="IsExpired">Whether GitHub has deleted its content.</param>
/// <param name="CreatedAt">When it was uploaded, UTC; null when GitHub does not say.</param>
public sealed record RunArtifact(long Id, string Name, long LengthBytes, bool IsExpired, DateTimeOffset? CreatedAt);
