using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Allocation;

namespace TokenLedger.Domain.Tests.Allocation;

public sealed class BucketSplitTests
{
    [Theory]
    [InlineData("100", "30,10", false, "30,10")]
    [InlineData("100", "30,10", true, "75,25")]
    [InlineData("20", "30,10", false, "15,5")]
    [InlineData("40", "30,10", false, "30,10")]
    [InlineData("-8", "30,10", false, "-6,-2")]
    [InlineData("60,20", "30,10", false, "23,7;7,3")]
    [InlineData("0", "30,10", false, "0,0")]
    [InlineData("10,-10", "30,10", false, "8,2;-8,-2")]
    [InlineData("10,-30", "30,10", true, "8,2;-23,-7")]
    public void The_sum_is_capped_and_every_charge_is_cut_alike(string charges, string weights, bool takesWhole, string parts) =>
        Assert.Equal(
            parts.Split(';').Select(Numbers),
            BucketSplit.Split(Numbers(charges), Numbers(weights), takesWhole));

    [Fact]
    public void A_capped_refund_is_cut_by_the_same_fraction_as_the_charge()
    {
        // 200 − 100 = 100 is capped at 50: half of everything.
        Assert.Equal([[100L], [-50L]], BucketSplit.Split([200, -100], [50], takesWhole: false));
    }

    [Fact]
    public void Rounding_never_lifts_a_slice_above_its_weight() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(), ArbMap.Default.ArbFor<int[]>(), (rawCharges, rawWeights) =>
        {
            var charges = rawCharges.Select(charge => (long)charge).ToArray();
            var weights = rawWeights.Select(weight => Math.Abs((long)weight) % 50).Append(3).ToArray();
            var parts = BucketSplit.Split(charges, weights, takesWhole: false);
            var columns = weights.Select((_, i) => parts.Sum(row => row[i])).ToArray();
            return columns.Sum() == Math.Min(charges.Sum(), weights.Sum())
                && columns.Zip(weights).All(pair => pair.First <= pair.Second)
                && parts.Zip(charges).All(pair => pair.First.All(part => part == 0 || Math.Sign(part) == Math.Sign(pair.Second)))
                && parts.Zip(charges).All(pair => Math.Abs(pair.First.Sum()) <= Math.Abs(pair.Second));
        }));

    [Fact]
    public void A_bucket_taken_whole_leaves_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(), ArbMap.Default.ArbFor<int[]>(), (rawCharges, rawWeights) =>
        {
            var charges = rawCharges.Select(charge => (long)charge).ToArray();
            var weights = rawWeights.Select(weight => Math.Abs((long)weight)).Append(3).ToArray();
            var parts = BucketSplit.Split(charges, weights, takesWhole: true);
            return parts.Zip(charges).All(pair => pair.First.Sum() == pair.Second);
        }));

    private static long[] Numbers(string text) => [.. text.Split(',').Select(long.Parse)];
}
