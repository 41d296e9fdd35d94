using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Domain.Tests.Budgets;

public sealed class UsualCostTests
{
    [Fact]
    public void Half_the_runs_cost_the_median_or_less_and_95_of_100_the_other()
    {
        var cost = UsualCost.Of([(60, [.. Range(1, 60)]), (40, [.. Range(61, 40)])])!;

        Assert.Equal((100L, 50L, 95L), (cost.Runs, cost.MedianNanoCredits, cost.P95NanoCredits));
        Assert.Null(UsualCost.Of([(0, [])]));
        Assert.Equal(7, UsualCost.Of([(1, [7])])!.P95NanoCredits);
    }

    [Fact]
    public void Thinning_keeps_the_ends_the_order_and_nearly_the_quantiles() => Prop.ForAll(
        Arb.From(Gen.ListOf(Gen.Choose(0, 1_000_000), 3_000)), costs =>
        {
            var all = costs.Select(cost => (long)cost).ToList();
            var thin = UsualCost.Thin(all);
            var (whole, told) = (UsualCost.Of([(3_000, all)])!, UsualCost.Of([(3_000, thin)])!);
            return thin.Count == UsualCost.KeptMax && thin[0] == all.Min() && thin[^1] == all.Max()
                && thin.SequenceEqual(thin.Order())
                && told.Runs == 3_000
                && Math.Abs(told.MedianNanoCredits - whole.MedianNanoCredits) < 20_000
                && Math.Abs(told.P95NanoCredits - whole.P95NanoCredits) < 20_000;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_thinned_day_weighs_as_many_runs_as_it_had()
    {
        var cost = UsualCost.Of([(3_000, UsualCost.Thin(Range(1, 3_000))), (500, [.. Enumerable.Repeat(9_000L, 500)])])!;

        Assert.Equal(3_500, cost.Runs);
        Assert.InRange(cost.MedianNanoCredits, 1_740, 1_760);
        Assert.Equal(9_000, cost.P95NanoCredits);
    }

    private static IEnumerable<long> Range(int from, int count) => Enumerable.Range(from, count).Select(cost => (long)cost);
}
