namespace TokenLedger.Ingestion.GitHub;

/// <summary>One page of a run's artifacts.</summary>
/// <param name="Artifacts">The artifacts that could be read, in GitHub's order.</param>
/// <param name="Count">How many artifacts the page has, those that could not be read too.</param>
/// <param name="TotalCount">How many artifacts the run has, as GitHub says.</param>
public sealed record ArtifactPage(IReadOnlyList<RunArtifact> Artifacts, int Count, long TotalCount);
