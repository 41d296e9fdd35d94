using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>The part of one charge that one slice answers for.</summary>
/// <param name="Charge">The charge.</param>
/// <param name="Slice">The slice.</param>
/// <param name="GrossNanoCredits">The gross part; has the charge's sign, or is 0.</param>
/// <param name="NetNanoCredits">The net part, split by the gross result; null when the charge's net is unknown.</param>
/// <param name="Method">How it was found.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Reasons">Why it is no surer, as stable codes in ordinal order; empty only for exact shares.</param>
/// <param name="LowNanoCredits">The lower bound of the gross part.</param>
/// <param name="HighNanoCredits">The upper bound of the gross part.</param>
public sealed record Share(
    Charge Charge,
    PricedSlice Slice,
    long GrossNanoCredits,
    long? NetNanoCredits,
    AllocationMethod Method,
    Confidence Confidence,
    IReadOnlyList<string> Reasons,
    long LowNanoCredits,
    long HighNanoCredits);
