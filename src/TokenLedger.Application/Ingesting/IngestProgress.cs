namespace TokenLedger.Application.Ingesting;

/// <summary>How far an ingest is.</summary>
/// <param name="Step">What is being done, for people.</param>
/// <param name="Done">Bundles archived, or runs folded.</param>
/// <param name="Total">How many there will be; null while that is not known.</param>
public sealed record IngestProgress(string Step, int Done, int? Total);
