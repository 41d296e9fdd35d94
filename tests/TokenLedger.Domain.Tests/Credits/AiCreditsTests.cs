using System.Globalization;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Tests.Credits;

public sealed class AiCreditsTests
{
    [Theory]
    [InlineData("12.0720565", 1_207_205_650_000)]
    [InlineData("11.602723499999996", 1_160_272_350_000)]
    [InlineData("0.000000000005", 0)]
    [InlineData("0.000000000015", 2)]
    [InlineData("-0.04", -4_000_000_000)]
    public void Dollars_become_whole_nano_credits_half_to_even(string usd, long nano) =>
        Assert.Equal(nano, AiCredits.NanoCreditsFromUsd(decimal.Parse(usd, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("1.9999999999", 1_999_999_999)]
    [InlineData("-1.9999999999", -1_999_999_999)]
    public void Estimates_are_cut_off_toward_zero(string credits, long nano) =>
        Assert.Equal(nano, AiCredits.TruncateToNanoCredits(decimal.Parse(credits, CultureInfo.InvariantCulture)));

    [Fact]
    public void Credits_dollars_and_nano_credits_agree()
    {
        Assert.Equal(17.81255m, AiCredits.FromUsd(0.1781255m));
        Assert.Equal(17.81255m, AiCredits.FromNanoCredits(17_812_550_000));
        Assert.Equal(0.1781255m, AiCredits.UsdFromNanoCredits(17_812_550_000));
    }

    [Fact]
    public void An_amount_out_of_range_is_an_overflow_and_no_other_figure() =>
        Assert.Throws<OverflowException>(() => AiCredits.NanoCreditsFromUsd(93_000_000m));
}
