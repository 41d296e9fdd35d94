using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>What became of the charges of one match key.</summary>
/// <param name="Key">The match key.</param>
/// <param name="Dimensions">What the charges name.</param>
/// <param name="BilledNanoCredits">Their gross sum.</param>
/// <param name="WeightNanoCredits">The estimates of the matching slices that narrower buckets had left over.</param>
/// <param name="AllocatedNanoCredits">The part that runs answer for.</param>
/// <param name="IsExclusive">Whether nobody else can have spent in it.</param>
/// <param name="IsTokenMatched">Whether the bill's own token counts equal ours within 0.1 %.</param>
/// <param name="IsComplete">Whether every matching known run has telemetry and a price.</param>
public sealed record BucketOutcome(
    string Key,
    ChargeDimensions Dimensions,
    long BilledNanoCredits,
    long WeightNanoCredits,
    long AllocatedNanoCredits,
    bool IsExclusive,
    bool IsTokenMatched,
    bool IsComplete)
{
    /// <summary>
    /// Whether its shares were reached by evidence rather than by price: it is exclusive and complete, token-matched,
    /// or names a repository or a workflow.
    /// </summary>
    public bool IsEvident => (IsExclusive && IsComplete)
        || IsTokenMatched
        || Dimensions.Repository.IsNamed
        || Dimensions.WorkflowPath.IsNamed;
}
