using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

public sealed class PricedSliceOrderTests
{
    private static readonly PricedSlice Sample = new Scenario().Run(1, 10).Build().Slices[0];

    /// <summary>Slices that come after the sample, each by one part of the key.</summary>
    public static TheoryData<string> Parts() =>
        ["host", "run", "attempt", "day", "phase", "purpose", "channel", "model", "auto", "tier", "band"];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Every_part_of_the_key_tells_two_slices_apart(string part)
    {
        var later = Later(part);
        Assert.True(PricedSliceOrder.Instance.Compare(Sample, later) < 0);
        Assert.True(PricedSliceOrder.Instance.Compare(later, Sample) > 0);
        Assert.NotEqual(Sample.Key, later.Key);
    }

    [Fact]
    public void Equal_keys_are_equal_whatever_the_figures() => Assert.Equal(
        0, PricedSliceOrder.Instance.Compare(Sample, Sample with { Requests = 9, Tokens = new TokenCounts(9, 9, 9) }));

    [Fact]
    public void A_tie_goes_to_the_earlier_key_and_both_slices_of_a_run_take_part()
    {
        var day = new Scenario()
            .Run(1, 1, "gpt-5-5").Run(1, 1, "claude-sonnet-5").Run(1, 1, "claude-sonnet-5", phase: Phase.Detection)
            .Bill(0.000000001m)
            .Reconcile();

        Assert.Equal(["claude-sonnet-5", "gpt-5-5", "claude-sonnet-5"], day.Shares.Select(share => share.Slice.Model));
        Assert.Equal([1, 0, 0], day.Shares.Select(share => share.GrossNanoCredits));
    }

    [Fact]
    public void Nothing_is_compared_with_nothing()
    {
        Assert.Throws<ArgumentNullException>(() => PricedSliceOrder.Instance.Compare(null, Sample));
        Assert.Throws<ArgumentNullException>(() => PricedSliceOrder.Instance.Compare(Sample, null));
    }

    private static PricedSlice Later(string part) => part switch
    {
        "host" => Sample with { Run = Sample.Run with { Key = new RunKey("z.example", 0, 1) } },
        "run" => Sample with { Run = Sample.Run with { Key = new RunKey("github.com", 10, 1) } },
        "attempt" => Sample with { Run = Sample.Run with { Key = new RunKey("github.com", 1, 2) } },
        "day" => Sample with { Day = Sample.Day.AddDays(1) },
        "phase" => Sample with { Phase = Phase.Detection },
        "purpose" => Sample with { Purpose = Purpose.Routing },
        "channel" => Sample with { Channel = Channel.OpenAI },
        "model" => Sample with { Model = "z" },
        "auto" => Sample with { IsAutoSelected = true },
        "tier" => Sample with { ServiceTier = "z" },
        "band" => Sample with { ContextBand = "long" },
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "No part of the key."),
    };
}
