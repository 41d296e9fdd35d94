namespace TokenLedger.Ingestion.Evidence;

/// <summary>A file of a run's archive.</summary>
/// <param name="Attempt">The attempt it was stored under.</param>
/// <param name="File">The file; its path begins with the attempt and the upload.</param>
/// <param name="Sha256">The hash of its bytes, lower-case hexadecimal.</param>
public sealed record ArchivedFile(int Attempt, EvidenceFile File, string Sha256);
