namespace TokenLedger.Domain.CreditPools;

/// <summary>What of one cycle of a pool is used, as far as the bill tells.</summary>
/// <param name="Name">The pool.</param>
/// <param name="Start">The first UTC day, inclusive.</param>
/// <param name="End">The day on which what is left expires, exclusive.</param>
/// <param name="GrantedNanoCredits">What the cycle grants.</param>
/// <param name="BilledNanoCredits">
/// The gross of the account's bill in the cycle so far, whichever pool it came from.
/// </param>
/// <param name="UsedNanoCredits">What of the grant that used; from 0 to the grant.</param>
public sealed record CreditPoolCycle(
    string Name, DateOnly Start, DateOnly End, long GrantedNanoCredits, long BilledNanoCredits, long UsedNanoCredits)
{
    /// <summary>What is left until the cycle ends.</summary>
    public long LeftNanoCredits => checked(GrantedNanoCredits - UsedNanoCredits);
}
