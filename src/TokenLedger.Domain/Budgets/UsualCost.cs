using TokenLedger.Domain.Allocation;

namespace TokenLedger.Domain.Budgets;

/// <summary>What the next run of a workflow usually costs.</summary>
/// <param name="Runs">How many runs tell it; above 0.</param>
/// <param name="MedianNanoCredits">Half of them cost this or less.</param>
/// <param name="P95NanoCredits">95 of 100 of them cost this or less.</param>
public sealed record UsualCost(long Runs, long MedianNanoCredits, long P95NanoCredits)
{
    /// <summary>Costs of a day that are kept.</summary>
    public const int KeptMax = 500;

    /// <summary>At most <see cref="KeptMax"/> of the costs, evenly thinned; the least and the most stay.</summary>
    /// <param name="costs">The costs, in any order.</param>
    public static IReadOnlyList<long> Thin(IEnumerable<long> costs)
    {
        var all = costs.Order().ToList();
        return all.Count <= KeptMax ? all
            :
            [
                .. Enumerable.Range(0, KeptMax)
                    .Select(at => all[(int)Ratio.Of((long)at * (all.Count - 1), KeptMax - 1)]),
            ];
    }

    /// <summary>What days tell; null without a run.</summary>
    /// <param name="days">Of each day how many runs there were, and their costs, thinned or not.</param>
    public static UsualCost? Of(IEnumerable<(long Runs, IReadOnlyList<long> Costs)> days)
    {
        // A kept cost stands for as many runs as were left out beside it.
        var weighted = days
            .Where(day => day.Costs.Count > 0)
            .SelectMany(day => day.Costs.Select(cost => (Cost: cost, Weight: Ratio.Of(day.Runs, day.Costs.Count))))
            .OrderBy(run => run.Cost)
            .ToList();
        if (weighted.Count == 0)
            return null;
        var total = weighted.Sum(run => run.Weight);
        return new UsualCost(
            decimal.ToInt64(decimal.Round(total)), QuantileOf(weighted, total * 0.5m),
            QuantileOf(weighted, total * 0.95m));
    }

    private static long QuantileOf(List<(long Cost, decimal Weight)> ordered, decimal weight)
    {
        var sum = 0m;
        foreach (var run in ordered)
        {
            sum += run.Weight;
            if (sum >= weight)
                return run.Cost;
        }

        return ordered[^1].Cost;
    }
}
