namespace TokenLedger.Ingestion.Evidence;

/// <summary>Which run a bundle belongs to, or why that is not known.</summary>
/// <param name="Identity">The run; null when it is not known or contradicted.</param>
/// <param name="Problem">What is missing or contradicted; null when the run is known.</param>
/// <param name="IsContradiction">
/// Whether a flag contradicts <c>aw_info.json</c>, which is wrong usage and stops the command.
/// </param>
public sealed record IdentityResult(RunIdentity? Identity, InputProblem? Problem, bool IsContradiction);
