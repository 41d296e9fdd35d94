using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.IncludedCredits;

/// <summary>What of a pool a month's bill has used so far.</summary>
/// <param name="Account">The wallet.</param>
/// <param name="Month">The first UTC day of the month.</param>
/// <param name="CostCenter">The cost centre with a pool of its own; null for the account's.</param>
/// <param name="PoolAiCredits">The pool; null when nothing is configured of it.</param>
/// <param name="GrossNanoCredits">The gross of the month's AI credits.</param>
/// <param name="NetNanoCredits">Their net; null when one of them is unknown.</param>
public sealed record IncludedMonth(
    BillingAccount Account, DateOnly Month, string? CostCenter, decimal? PoolAiCredits, long GrossNanoCredits,
    long? NetNanoCredits)
{
    /// <summary>What the bill took off: included credits, and discounts it does not tell from them.</summary>
    public long? IncludedNanoCredits => checked(GrossNanoCredits - NetNanoCredits);
}
