namespace TokenLedger.Domain.CreditPools;

/// <summary>Takes what an account was billed from its pools, day by day.</summary>
/// <remarks>What a cycle has used is the same for every period that it is told of.</remarks>
public static class CreditPoolUse
{
    /// <summary>
    /// The days whose bills are needed to tell the cycles of a period whole. A pool of its own needs its own cycles;
    /// of several every earlier cycle decides what was left of the next.
    /// </summary>
    /// <param name="pools">The pools of one account.</param>
    /// <param name="from">The first UTC day of the period, inclusive.</param>
    /// <param name="to">The last UTC day of the period, exclusive.</param>
    /// <returns>
    /// Start inclusive, null for the first bill; end exclusive; null when the period touches no cycle.
    /// </returns>
    public static (DateOnly? Start, DateOnly End)? DaysOf(
        IReadOnlyCollection<CreditPool> pools, DateOnly from, DateOnly to)
    {
        var cycles = pools.SelectMany(pool => pool.CyclesIn(from, to)).ToList();
        if (cycles.Count == 0)
            return null;
        var start = pools.Count == 1
            ? cycles.Min(cycle => cycle.Start)
            : pools.Any(pool => pool.From is null) ? null : pools.Min(pool => pool.From);
        return (start, cycles.Max(cycle => cycle.End));
    }

    /// <summary>The cycles that have a day in a period, by end, then start, then name.</summary>
    /// <param name="pools">The pools of one account.</param>
    /// <param name="billed">
    /// The gross of the account's bill by UTC day, of the days of <see cref="DaysOf"/> of which a bill was seen; a day
    /// of more refunds than charges gives nothing back.
    /// </param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    public static IReadOnlyList<CreditPoolCycle> Of(
        IReadOnlyCollection<CreditPool> pools, IReadOnlyDictionary<DateOnly, long> billed, DateOnly from, DateOnly to)
    {
        if (DaysOf(pools, from, to) is not var (_, end))
            return [];
        var first = billed.Keys.Append(from).Min();
        var cycles = pools
            .SelectMany(pool => pool
                .CyclesIn(first, end)
                .Select(cycle => new CreditPoolCycle(
                    pool.Name, cycle.Start, cycle.End, pool.GrantedNanoCredits, null, null, null)))
            .OrderBy(cycle => cycle.End)
            .ThenBy(cycle => cycle.Start)
            .ThenBy(cycle => cycle.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var (day, gross) in billed.Where(day => day.Key < end).OrderBy(day => day.Key))
        {
            var open = Math.Max(0, gross);
            for (var i = 0; i < cycles.Count; i++)
            {
                if (day < cycles[i].Start || day >= cycles[i].End)
                    continue;
                var used = cycles[i].UsedNanoCredits ?? 0;
                cycles[i] = cycles[i].With(day, gross, open);
                open -= cycles[i].UsedNanoCredits!.Value - used;
            }
        }

        return [.. cycles.Where(cycle => cycle.Start < to && cycle.End > from)];
    }
}
