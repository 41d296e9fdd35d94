namespace TokenLedger.Application.Messages;

/// <summary>What could not be taken of an artifact.</summary>
/// <param name="ArtifactId">The artifact.</param>
/// <param name="Source">Its name, with the entry inside it: hostile text.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record ArtifactProblem(long ArtifactId, string Source, string Code, string Message);
