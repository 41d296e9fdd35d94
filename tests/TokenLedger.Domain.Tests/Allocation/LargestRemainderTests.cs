using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Allocation;

namespace TokenLedger.Domain.Tests.Allocation;

public sealed class LargestRemainderTests
{
    [Theory]
    [InlineData(10, "1,1,1", "4,3,3")]
    [InlineData(11, "1,1,1", "4,4,3")]
    [InlineData(-10, "1,1,1", "-4,-3,-3")]
    [InlineData(5, "1,2,2", "1,2,2")]
    [InlineData(7, "1,2,4", "1,2,4")]
    [InlineData(1, "3,5,2", "0,1,0")]
    [InlineData(2, "1,0,1", "1,0,1")]
    [InlineData(0, "0,0", "0,0")]
    [InlineData(3, "0,9", "0,3")]
    public void Parts_are_cut_off_and_the_rest_goes_to_the_largest_remainders(long total, string weights, string parts) =>
        Assert.Equal(Numbers(parts), LargestRemainder.Split(total, Numbers(weights)));

    [Fact]
    public void The_largest_totals_and_weights_fit() =>
        Assert.Equal([long.MaxValue], LargestRemainder.Split(long.MaxValue, [long.MaxValue]));

    [Fact]
    public void The_largest_refund_fits() =>
        Assert.Equal([long.MinValue], LargestRemainder.Split(long.MinValue, [7]));

    [Fact]
    public void A_negative_weight_is_a_bug()
    {
        var thrown = Assert.Throws<ArgumentException>(() => LargestRemainder.Split(1, [1, -1]));
        Assert.StartsWith("A weight is negative.", thrown.Message);
    }

    [Fact]
    public void Money_cannot_be_split_by_nothing()
    {
        var thrown = Assert.Throws<ArgumentException>(() => LargestRemainder.Split(1, [0, 0]));
        Assert.StartsWith("Nothing to split by", thrown.Message);
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(1, []));
    }

    [Fact]
    public void Parts_add_up_differ_from_the_quota_by_less_than_one_and_keep_the_sign() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<long>(), ArbMap.Default.ArbFor<int[]>(), (total, raw) =>
        {
            var weights = raw.Select(weight => Math.Abs((long)weight)).Append(1).ToArray();
            var parts = LargestRemainder.Split(total, weights);
            var sum = (decimal)weights.Sum();
            return parts.Sum(part => (decimal)part) == total
                && parts.Zip(weights).All(pair => Math.Abs(pair.First - ((decimal)total * pair.Second / sum)) < 1.000001m)
                && parts.All(part => part == 0 || Math.Sign(part) == Math.Sign(total));
        }));

    private static long[] Numbers(string text) => [.. text.Split(',').Select(long.Parse)];
}
