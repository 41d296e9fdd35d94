namespace TokenLedger.Application.Artifacts;

/// <summary>What a verification found.</summary>
/// <param name="Document">The artifact.</param>
/// <param name="Problems">One sentence for each sum that fails; empty when all hold.</param>
public sealed record VerificationResult(ReconciliationDocument Document, IReadOnlyList<string> Problems);
