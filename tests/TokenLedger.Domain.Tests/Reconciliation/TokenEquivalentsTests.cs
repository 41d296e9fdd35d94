using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

public sealed class TokenEquivalentsTests
{
    private static readonly TokenCounts Tokens = new(3, 5, 7, 11, 13);

    [Theory]
    [InlineData(TokenKind.Input, 300)]
    [InlineData(TokenKind.Output, 2500)]
    [InlineData(TokenKind.CacheRead, 70)]
    [InlineData(TokenKind.CacheWrite5m, 1375)]
    [InlineData(TokenKind.CacheWrite1h, 1625)]
    [InlineData(null, 5870)]
    public void Tokens_weigh_as_most_price_lists_have_them(TokenKind? kind, long weight) =>
        Assert.Equal(weight, TokenEquivalents.Of(Tokens, kind));

    [Fact]
    public void Credits_add_up_kind_by_kind()
    {
        var credits = new KindCredits(1, 2, 4, 8, 16);
        Assert.Equal(31, credits.Total);
        Assert.Equal(new KindCredits(2, 4, 8, 16, 32), credits + credits);
    }

    [Fact]
    public void Only_channels_that_say_so_count_reasoning_beside_the_output() => Assert.Equal(
        [Channel.Google, Channel.XAI],
        new[] { Channel.Copilot, Channel.Anthropic, Channel.OpenAI, Channel.Google, Channel.XAI, Channel.Unknown }
            .Where(channel => channel.CountsReasoningBesideOutput));

    [Theory]
    [InlineData("xai")]
    [InlineData("x-ai")]
    public void Both_spellings_of_xAI_are_one_channel(string provider) => Assert.Equal("xai", Channel.FromProvider(provider).Name);

    [Fact]
    public void A_run_without_slices_has_no_telemetry() =>
        Assert.False(new LedgerRun(Scenario.Facts(1, "acme/web", null, null), [], new RunReport(), []).HasTelemetry);

    [Fact]
    public void Slices_of_several_bands_keep_the_least_evidence_and_all_their_figures()
    {
        var prices = new PriceBook(
            new ModelNames([]),
            [new PriceRow(Channel.Copilot, "m", null, null, 0, new UnitPrices(1, 1, 1, 1, 1), "test", default, true)], [], "test");
        var first = new UsageSlice(
            new RunKey("github.com", 1, 1), Scenario.Day, Phase.Agent, Purpose.Main, Channel.Copilot, "m", false,
            UsageSlice.StandardTier, 0, UsageEvidence.ProxyRecords, 2, 30, new TokenCounts(100, 0, 50), 50);
        var second = first with { PromptLengthThresholdTokens = 32_000, Evidence = UsageEvidence.Summary };
        var other = first with { Day = Scenario.Day.AddDays(-1) };
        foreach (var slices in new[] { new[] { first, second, other }, [second, other, first] })
        {
            var priced = SlicePricing.Price(
                new LedgerRun(Scenario.Facts(1, "acme/web", null, null), slices, new RunReport(), []), prices);
            Assert.Equal([other.Day, first.Day], priced.Select(slice => slice.Day));
            Assert.Equal(UsageEvidence.Summary, priced[1].Evidence);
            Assert.Equal((4L, 60L), (priced[1].Requests, priced[1].DurationMilliseconds));
            Assert.Equal(0.03m, priced[1].EstimatedAiCredits!.Value.Total);
            Assert.Equal(0.04m, priced[1].HighEstimatedAiCredits);
        }
    }
}
