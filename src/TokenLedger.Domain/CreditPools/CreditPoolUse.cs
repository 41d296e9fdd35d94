namespace TokenLedger.Domain.CreditPools;

/// <summary>Takes what an account was billed from its pools, day by day.</summary>
public static class CreditPoolUse
{
    /// <summary>
    /// The first day whose bill is needed to tell the cycles of a period. Pools of other cycle days are followed two
    /// cycles back; before that the one that ends first is taken to have been full.
    /// </summary>
    public static DateOnly FirstDayOf(IReadOnlyCollection<CreditPool> pools, DateOnly from, DateOnly to)
    {
        var first = from;
        for (var step = 0; step < 2; step++)
        {
            first = pools
                .SelectMany(pool => pool.CyclesIn(first, to))
                .Select(cycle => cycle.Start)
                .Append(first)
                .Min();
        }

        return first;
    }

    /// <summary>The cycles that have a day in a period, by end, then start, then name.</summary>
    /// <param name="pools">The pools of one account.</param>
    /// <param name="billed">
    /// The gross of the account's bill by UTC day, from <see cref="FirstDayOf"/> on; a day of more refunds than charges
    /// gives nothing back.
    /// </param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    public static IReadOnlyList<CreditPoolCycle> Of(
        IReadOnlyCollection<CreditPool> pools, IReadOnlyDictionary<DateOnly, long> billed, DateOnly from, DateOnly to)
    {
        var cycles = pools
            .SelectMany(pool => pool
                .CyclesIn(FirstDayOf(pools, from, to), to)
                .Select(cycle => new CreditPoolCycle(
                    pool.Name, cycle.Start, cycle.End, pool.GrantedNanoCredits, 0, 0)))
            .OrderBy(cycle => cycle.End)
            .ThenBy(cycle => cycle.Start)
            .ThenBy(cycle => cycle.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var (day, gross) in billed.OrderBy(day => day.Key))
        {
            var open = Math.Max(0, gross);
            for (var i = 0; i < cycles.Count; i++)
            {
                if (day < cycles[i].Start || day >= cycles[i].End)
                    continue;
                var used = Math.Min(open, cycles[i].LeftNanoCredits);
                open -= used;
                cycles[i] = cycles[i] with
                {
                    BilledNanoCredits = checked(cycles[i].BilledNanoCredits + gross),
                    UsedNanoCredits = cycles[i].UsedNanoCredits + used,
                };
            }
        }

        return [.. cycles.Where(cycle => cycle.Start < to && cycle.End > from)];
    }
}
