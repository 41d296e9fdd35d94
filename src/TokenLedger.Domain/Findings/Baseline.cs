namespace TokenLedger.Domain.Findings;

/// <summary>What is usual for a workflow: robust, so that one earlier spike makes no later one usual.</summary>
/// <param name="Count">How many amounts it is of.</param>
/// <param name="Median">Their median.</param>
/// <param name="Spread">How far they usually are from it, as a factor from 1 on.</param>
internal readonly record struct Baseline(int Count, long Median, decimal Spread)
{
    /// <summary>Below this nobody knows what is usual.</summary>
    public const int CountMin = 8;

    // Four standard deviations of amounts that differ by factors: the median deviation is 0.6745 of one, and
    // 0.6745 × 6 is 4.05. One ordinary run in 40,000 is further off.
    private const int SpreadPower = 6;

    // A workflow whose costs differ a hundredfold has no usual cost; and the power stays within a decimal.
    private const decimal SpreadMax = 100m;

    /// <summary>The baseline of amounts; null with too few, or where most are 0.</summary>
    public static Baseline? Of(IReadOnlyCollection<long> amounts)
    {
        if (amounts.Count < CountMin || FindingFigures.Median(amounts) is not (> 0 and var median))
            return null;
        return new Baseline(amounts.Count, median, Math.Min(SpreadMax, FindingFigures.Spread(amounts, median)));
    }

    /// <summary>The ratio to the median from which an amount is not usual.</summary>
    public decimal LimitOf(decimal ratioMin)
    {
        var limit = 1m;
        for (var i = 0; i < SpreadPower; i++)
            limit *= Spread;
        return Math.Max(ratioMin, limit);
    }

    /// <summary>What an amount is of the median.</summary>
    public decimal RatioOf(long amount) => FindingFigures.Over(amount, Median);
}
