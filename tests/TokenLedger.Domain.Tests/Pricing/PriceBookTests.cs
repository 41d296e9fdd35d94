using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Pricing;

public sealed class PriceBookTests
{
    private static readonly DateOnly Change = new(2026, 7, 30);
    private static readonly PriceBook Book = new(
        new ModelNames([]),
        [
            Row("luna", null, Change, 0, new UnitPrices(1m, 6m, 0.1m, null, null)),
            Row("luna", Change, null, 0, new UnitPrices(0.2m, 1.2m, 0.02m, 0.25m, null)),
            Row("luna", Change, null, 200_000, new UnitPrices(0.4m, 1.8m, 0.04m, 0.5m, null)),
            Row("mini", null, null, 0, new UnitPrices(0.75m, 4.5m, 0.075m, null, null)),
            Row("late", new DateOnly(2026, 9, 1), new DateOnly(2026, 10, 1), 0, new UnitPrices(1m, 1m, 1m, 1m, 2m)),
        ],
        [new AutoDiscount(Channel.Copilot, Change, Change.AddDays(30), 10)],
        "hash");

    [Theory]
    [InlineData("2026-07-29", 1000)]
    [InlineData("2026-07-30", 200)]
    public void A_price_holds_from_its_first_day_to_the_day_before_its_last(string day, long credits) =>
        Assert.Equal(credits, Estimate(Slice("luna", new TokenCounts(10_000_000, 0, 0), day)).AiCredits!.Value.Total);

    [Fact]
    public void Every_kind_has_its_own_price_and_nothing_is_rounded()
    {
        var credits = Estimate(Slice("luna", new TokenCounts(1, 1, 1, 1), "2026-08-01")).AiCredits!.Value;
        Assert.Equal(new KindCredits(0.00002m, 0.00012m, 0.000002m, 0.000025m, 0), credits);
        Assert.Equal(0.000167m, credits.Total);
        Assert.Equal([0.00002m, 0.00012m, 0.000002m, 0.000025m, 0m], TokenCounts.Kinds.Select(kind => credits[kind]));
        Assert.Throws<ArgumentOutOfRangeException>(() => credits[(TokenKind)9]);
        Assert.Equal(0.0000075m, Estimate(Slice("mini", new TokenCounts(0, 0, 1), "2026-08-01")).AiCredits!.Value.Total);
    }

    [Theory]
    [InlineData(0, 0.2, false)]
    [InlineData(128_000, 0.2, false)]
    [InlineData(200_000, 0.4, true)]
    [InlineData(256_000, 0.4, true)]
    public void The_band_is_the_highest_threshold_not_above_the_prompts(long band, double price, bool isLong)
    {
        var estimate = Estimate(Slice("luna", new TokenCounts(1_000_000, 0, 0), "2026-08-01") with { PromptLengthThresholdTokens = band });
        Assert.Equal((decimal)price * 100, estimate.AiCredits!.Value.Total);
        Assert.Equal(isLong, estimate.IsLongContext);
        Assert.Null(estimate.Unpriced);
    }

    [Theory]
    [InlineData("nova", "2026-08-01", UnpricedReason.UnknownModel)]
    [InlineData("late", "2026-08-31", UnpricedReason.NoPriceOnDay)]
    [InlineData("late", "2026-10-01", UnpricedReason.NoPriceOnDay)]
    [InlineData("mini", "2026-08-01", UnpricedReason.NoPriceForKind)]
    public void Unknown_is_unpriced_and_never_zero(string model, string day, UnpricedReason reason)
    {
        var estimate = Estimate(Slice(model, new TokenCounts(10, 10, 10, 10), day));
        Assert.Equal(reason, estimate.Unpriced);
        Assert.Null(estimate.AiCredits);
        Assert.Null(estimate.HighAiCredits);
    }

    [Fact]
    public void Another_channel_has_other_prices() => Assert.Equal(
        UnpricedReason.UnknownModel,
        Estimate(Slice("luna", new TokenCounts(1, 0, 0), "2026-08-01") with { Channel = Channel.OpenAI }).Unpriced);

    [Theory]
    [InlineData("2026-07-29", 100)]
    [InlineData("2026-07-30", 18)]
    [InlineData("2026-08-28", 18)]
    [InlineData("2026-08-29", 20)]
    public void Automatic_selection_is_discounted_while_the_discount_holds(string day, long credits) => Assert.Equal(
        credits,
        Estimate(Slice("luna", new TokenCounts(1_000_000, 0, 0), day) with { IsAutoSelected = true }).AiCredits!.Value.Total);

    [Fact]
    public void Tokens_of_two_readings_make_a_range()
    {
        var estimate = Estimate(Slice("luna", new TokenCounts(100, 0, 900), "2026-08-01") with { UnresolvedCacheTokens = 900 });
        Assert.Equal(0.0038m, estimate.AiCredits!.Value.Total);
        Assert.Equal(0.0218m, estimate.HighAiCredits);
        Assert.Equal(0.0038m, Estimate(Slice("luna", new TokenCounts(100, 0, 900), "2026-08-01")).HighAiCredits);
    }

    [Fact]
    public void Bands_of_one_price_become_one_slice_and_one_unpriced_part_leaves_it_unpriced()
    {
        var facts = new RunFacts(new RunKey("github.com", 1, 1), "acme", "acme/web");
        var cheap = Slice("luna", new TokenCounts(10, 1, 0), "2026-08-01");
        var run = new LedgerRun(facts, [cheap, cheap with { PromptLengthThresholdTokens = 64_000 }, cheap with { PromptLengthThresholdTokens = 200_000 }], new RunReport(), []);

        var slices = SlicePricing.Price(run, Book);
        Assert.Equal([PricedSlice.DefaultBand, PricedSlice.LongBand], slices.Select(slice => slice.ContextBand));
        Assert.Equal(2, slices[0].Requests);
        Assert.Equal(20, slices[0].Tokens.Input);
        Assert.Equal(0.00064m, slices[0].EstimatedAiCredits!.Value.Total);

        var written = cheap with { Model = "mini" };
        var mixed = run with { Slices = [written, written with { PromptLengthThresholdTokens = 64_000, Tokens = new TokenCounts(0, 0, 0, 1) }] };
        var unpriced = Assert.Single(SlicePricing.Price(mixed, Book));
        Assert.Null(unpriced.EstimatedAiCredits);
        Assert.Equal(UnpricedReason.NoPriceForKind, unpriced.Unpriced);
    }

    [Fact]
    public void Rows_are_listed_in_a_fixed_order() =>
        Assert.Equal(["late", "luna", "luna", "luna", "mini"], Book.Rows.Select(row => row.Model));

    [Fact]
    public void Another_book_overrides_model_by_model_and_channel_by_channel()
    {
        var names = new ModelNames(new Dictionary<string, string> { ["moon"] = "luna" });
        var other = new PriceBook(
            names,
            [
                Row("luna", Change, null, 0, new UnitPrices(9m, 9m, 9m, 9m, 9m)),
                Row("mini", null, null, 0, new UnitPrices(7m, 7m, 7m, 7m, 7m)) with { Channel = Channel.OpenAI },
            ],
            [new AutoDiscount(Channel.Copilot, null, null, 50)],
            "other");
        var book = Book.OverriddenBy(other);

        Assert.Equal("hash+other", book.Hash);
        Assert.Equal("luna", book.Names.Normalise("Moon").Canonical);
        Assert.Equal(900, book.EstimateOf(Slice("luna", new TokenCounts(1_000_000, 0, 0), "2026-08-01")).AiCredits!.Value.Total);
        Assert.Equal(450, book.EstimateOf(Slice("luna", new TokenCounts(1_000_000, 0, 0), "2026-08-01") with { IsAutoSelected = true }).AiCredits!.Value.Total);

        // Days that the other book leaves out are not filled from this one, and other models and channels stay.
        Assert.Equal(UnpricedReason.NoPriceOnDay, book.EstimateOf(Slice("luna", new TokenCounts(1, 0, 0), "2026-07-01")).Unpriced);
        Assert.Equal(75, book.EstimateOf(Slice("mini", new TokenCounts(1_000_000, 0, 0), "2026-08-01")).AiCredits!.Value.Total);
        Assert.Equal(700, book.EstimateOf(Slice("mini", new TokenCounts(1_000_000, 0, 0), "2026-08-01") with { Channel = Channel.OpenAI }).AiCredits!.Value.Total);
    }

    [Fact]
    public void Names_of_another_book_win()
    {
        var names = new ModelNames(new Dictionary<string, string> { ["a"] = "x", ["b"] = "y" })
            .ExtendedBy(new ModelNames(new Dictionary<string, string> { ["a"] = "z", ["c"] = "w" }));
        Assert.Equal(["z", "y", "w", "d"], new[] { "a", "b", "c", "d" }.Select(name => names.Normalise(name).Canonical));
    }

    [Fact]
    public void A_sound_book_has_no_problems() => Assert.Empty(PriceBookProblems.In([.. Book.Rows]));

    [Fact]
    public void Every_fault_of_a_book_is_named_at_once()
    {
        var price = new UnitPrices(1, 1, 1, 1, 1);
        var problems = PriceBookProblems.In([
            Row("a", Change, Change, 0, price),
            Row("b", null, null, 0, price with { CacheRead = -1 }),
            Row("c", null, null, 12_345, price),
            Row("d", null, null, 0, price),
            Row("d", Change, null, 0, price),
            Row("e", null, Change.AddDays(1), 0, price),
            Row("e", Change, null, 0, price),
            Row("f", null, Change, 0, price),
            Row("f", Change, null, 0, price),
            Row("g", Change, null, 0, price),
            Row("g", null, null, 200_000, price),
        ]).ToList();

        Assert.Equal(
            [
                "copilot a from 2026-07-30 above 0 tokens: validTo is not after validFrom.",
                "copilot b from ever above 0 tokens: a unit price is negative.",
                "copilot c from ever above 12345 tokens: the threshold must be one of 0, 32000, 64000, 100000, 128000, 200000, 256000, 272000, 400000, 512000, 1000000 tokens.",
                "copilot d from 2026-07-30 above 0 tokens: overlaps the row from ever.",
                "copilot e from 2026-07-30 above 0 tokens: overlaps the row from ever.",
                "copilot c from ever above 12345 tokens: no row above 0 tokens holds on its first day.",
                "copilot g from ever above 200000 tokens: no row above 0 tokens holds on its first day.",
            ],
            problems);
    }

    private static Estimate Estimate(UsageSlice slice) => Book.EstimateOf(slice);

    private static UsageSlice Slice(string model, TokenCounts tokens, string day) => new(
        new RunKey("github.com", 1, 1), DateOnly.Parse(day), Phase.Agent, Purpose.Main, Channel.Copilot, model, false,
        UsageSlice.StandardTier, 0, UsageEvidence.ProxyRecords, 1, 10, tokens);

    private static PriceRow Row(string model, DateOnly? from, DateOnly? to, long threshold, UnitPrices prices) =>
        new(Channel.Copilot, model, from, to, threshold, prices, "test", default, true);
}
