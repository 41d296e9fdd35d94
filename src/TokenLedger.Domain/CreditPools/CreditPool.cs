namespace TokenLedger.Domain.CreditPools;

/// <summary>Money granted beforehand for what an account uses: each month anew, or once.</summary>
/// <remarks>
/// Anthropic's API credits for subscribers expire with each billing cycle, and no API shows the balance (support
/// articles 15036540 and 17154008, read 2026-10).
/// </remarks>
public sealed record CreditPool
{
    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it grants in a cycle; 1 nano-credit is 1e-11 US dollars. Above 0.</summary>
    public required long GrantedNanoCredits { get; init; }

    /// <summary>
    /// The day of the month on which a cycle begins, 1 to 31; in a shorter month its last day. Null for a grant of one
    /// cycle, which then has <see cref="From"/> and <see cref="To"/>.
    /// </summary>
    public int? CycleDay { get; init; }

    /// <summary>The first UTC day, inclusive; null for always.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The day on which it expires, exclusive; null for no end.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The cycles that have a day in a period, in order; start inclusive, end exclusive.</summary>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    public IEnumerable<(DateOnly Start, DateOnly End)> CyclesIn(DateOnly from, DateOnly to)
    {
        var first = From is { } start && start > from ? start : from;
        var last = To is { } end && end < to ? end : to;
        if (first >= last)
            yield break;
        if (CycleDay is not { } day)
        {
            yield return (From ?? DateOnly.MinValue, To ?? DateOnly.MaxValue);
            yield break;
        }

        // The cycle that the first day lies in may have begun in the month before.
        var month = first.AddDays(1 - first.Day);
        if (StartIn(month, day) > first && month > DateOnly.MinValue)
            month = month.AddMonths(-1);
        for (; month < last; month = month.AddMonths(1))
        {
            var begins = StartIn(month, day);
            var ends = month.Year == DateOnly.MaxValue.Year && month.Month == 12
                ? DateOnly.MaxValue : StartIn(month.AddMonths(1), day);
            var cycle = (
                Start: From is { } earliest && earliest > begins ? earliest : begins,
                End: To is { } latest && latest < ends ? latest : ends);
            if (cycle.Start < last && cycle.End > first && cycle.Start < cycle.End)
                yield return cycle;
            if (ends == DateOnly.MaxValue)
                yield break;
        }
    }

    private static DateOnly StartIn(DateOnly month, int day) =>
        new(month.Year, month.Month, Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)));
}
