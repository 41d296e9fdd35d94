using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.ActionsMinutes;

/// <summary>Splits one day's charges of Actions minutes over that day's runs by their job minutes. Pure.</summary>
/// <remarks>
/// Charges that name the same repository and workflow are one bucket; narrower buckets are served first and use up the
/// runs' minutes. A bucket that bills more minutes than the known runs have left holds other jobs: their part stays
/// without a run. What names neither repository nor workflow, or no minutes, is not split. The parts of a charge add
/// up to it.
/// </remarks>
public static class MinutesSplit
{
    // Bills count fractions of a minute; more decimals than these are dust.
    private const decimal UnitsPerMinute = 1_000m;

    /// <summary>The parts of every charge, ordered by charge id, then run; what has no run comes last.</summary>
    /// <param name="charges">The day's charges with the gross amount that is split, in nano-credits.</param>
    /// <param name="runs">
    /// Run attempts that started on the day, in any order; without minutes they take no part.
    /// </param>
    public static IReadOnlyList<MinutesShare> Of(
        IEnumerable<(Charge Charge, long GrossNanoCredits)> charges, IEnumerable<RunFacts> runs)
    {
        var left = runs
            .Where(run => run.ActionsMinutes > 0)
            .DistinctBy(run => run.Key)
            .OrderBy(run => run.Key)
            .Select(run => (Run: run, Units: new Left(checked(run.ActionsMinutes!.Value * (long)UnitsPerMinute))))
            .ToList();
        return
        [
            .. charges
                .GroupBy(part => (part.Charge.Dimensions.Repository, part.Charge.Dimensions.WorkflowPath))
                .OrderByDescending(bucket => Named(bucket.Key.Repository) + Named(bucket.Key.WorkflowPath))
                .ThenBy(bucket => bucket.Key.Repository)
                .ThenBy(bucket => bucket.Key.WorkflowPath)
                .SelectMany(bucket => SplitBucket(
                    [.. bucket.OrderBy(part => part.Charge.Id, StringComparer.Ordinal)],
                    Named(bucket.Key.Repository) + Named(bucket.Key.WorkflowPath) == 0 ? [] :
                    [
                        .. left.Where(run => bucket.Key.Repository.Admits(run.Run.Repository)
                            && bucket.Key.WorkflowPath.Admits(run.Run.WorkflowPath)),
                    ]))
                .OrderBy(share => share.Charge.Id, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<MinutesShare> SplitBucket(
        List<(Charge Charge, long GrossNanoCredits)> charges, List<(RunFacts Run, Left Units)> runs)
    {
        var weights = runs.Select(run => run.Units.Count).ToArray();
        var known = weights.Sum();
        var billed = charges.TrueForAll(part => part.Charge.Quantity is not null && IsMinutes(part.Charge.Unit))
            ? decimal.ToInt64(decimal.Round(charges.Sum(part => part.Charge.Quantity!.Value) * UnitsPerMinute))
            : 0;
        if (known == 0 || billed <= 0)
        {
            foreach (var (charge, gross) in charges)
                yield return new MinutesShare(charge, null, gross);
            yield break;
        }

        // The last one is other jobs'.
        long[] parts = [.. weights, Math.Max(0, billed - known)];
        var used = LargestRemainder.Split(Math.Min(billed, known), weights);
        for (var i = 0; i < used.Length; i++)
            runs[i].Units.Count -= used[i];
        foreach (var (charge, gross) in charges)
        {
            var split = LargestRemainder.Split(gross, parts);
            for (var i = 0; i < split.Length; i++)
            {
                if (split[i] != 0)
                    yield return new MinutesShare(charge, i < runs.Count ? runs[i].Run : null, split[i]);
            }
        }
    }

    private static int Named(Dimension dimension) => dimension.IsNamed ? 1 : 0;

    private static bool IsMinutes(string? unit) =>
        unit?.StartsWith("minute", StringComparison.OrdinalIgnoreCase) == true;

    private sealed class Left(long count)
    {
        public long Count { get; set; } = count;
    }
}
