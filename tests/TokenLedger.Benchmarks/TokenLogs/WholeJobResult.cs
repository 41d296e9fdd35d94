using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>What came of a whole job, to compare one way of doing it with another.</summary>
internal sealed record WholeJobResult(
    LineCounts Counts,
    IReadOnlyList<UsageSlice> Slices,
    decimal EstimatedAiCredits,
    decimal? ReportedAiCredits,
    int UnpricedSlices)
{
    public bool IsSameAs(WholeJobResult other) =>
        Counts == other.Counts
        && Slices.SequenceEqual(other.Slices)
        && EstimatedAiCredits == other.EstimatedAiCredits
        && ReportedAiCredits == other.ReportedAiCredits;
}
