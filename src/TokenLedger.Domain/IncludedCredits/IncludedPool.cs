namespace TokenLedger.Domain.IncludedCredits;

/// <summary>The AI credits that an account, or a cost centre with a pool of its own, has in a month.</summary>
public static class IncludedPool
{
    /// <summary>The pool of a month; null when no grant is in force in it.</summary>
    /// <remarks>
    /// Seats that are added raise the pool at once, seats that are taken away lower it with the next month (GitHub
    /// documentation, read 2026-10): the pool is the largest of the month's days. Nothing is carried over.
    /// </remarks>
    /// <param name="grants">The grants of one account and cost centre.</param>
    /// <param name="month">Any day of the month.</param>
    public static decimal? AiCreditsOf(IReadOnlyCollection<IncludedGrant> grants, DateOnly month)
    {
        decimal? pool = null;
        var first = new DateOnly(month.Year, month.Month, 1);
        for (var number = 0; number < DateTime.DaysInMonth(month.Year, month.Month); number++)
        {
            var day = first.AddDays(number);
            var inForce = grants.Where(grant => grant.IsInForce(day)).ToList();
            if (inForce.Count > 0)
                pool = Math.Max(pool ?? 0, inForce.Sum(grant => grant.AiCreditsOn(day)));
        }

        return pool;
    }
}
