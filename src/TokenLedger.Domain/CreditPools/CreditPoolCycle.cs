namespace TokenLedger.Domain.CreditPools;

/// <summary>What of one cycle of a pool is used, as far as the bill tells.</summary>
/// <param name="Name">The pool.</param>
/// <param name="Start">The first UTC day, inclusive.</param>
/// <param name="End">The day on which what is left expires, exclusive.</param>
/// <param name="GrantedNanoCredits">What the cycle grants.</param>
/// <param name="BilledThrough">
/// The last UTC day of the cycle, inclusive, of which a bill was seen; null when none was: then nobody knows the rest.
/// </param>
/// <param name="BilledNanoCredits">
/// The gross of the account's bill in the cycle so far, whichever pool it came from; null when no bill was seen.
/// </param>
/// <param name="UsedNanoCredits">What of the grant that used; from 0 to the grant; null when no bill was seen.</param>
public sealed record CreditPoolCycle(
    string Name, DateOnly Start, DateOnly End, long GrantedNanoCredits, DateOnly? BilledThrough,
    long? BilledNanoCredits, long? UsedNanoCredits)
{
    /// <summary>What is left until the cycle ends; null when no bill was seen.</summary>
    public long? LeftNanoCredits => checked(GrantedNanoCredits - UsedNanoCredits);

    /// <summary>The cycle with a day's bill, of which the first pools have taken their part.</summary>
    /// <param name="day">The UTC day, within the cycle.</param>
    /// <param name="gross">The gross of the day's bill.</param>
    /// <param name="open">What of it no earlier pool has taken; 0 or more.</param>
    internal CreditPoolCycle With(DateOnly day, long gross, long open) => this with
    {
        BilledThrough = day,
        BilledNanoCredits = checked((BilledNanoCredits ?? 0) + gross),
        UsedNanoCredits = (UsedNanoCredits ?? 0) + Math.Min(open, LeftNanoCredits ?? GrantedNanoCredits),
    };
}
