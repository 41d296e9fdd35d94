using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;
using static TokenLedger.Domain.Tests.Reconciliation.Scenario;

namespace TokenLedger.Domain.Tests.Reconciliation;

public sealed class TokenCountTests
{
    private const string Opus = "claude-opus-5";

    [Fact]
    public void Counts_beside_the_bill_that_equal_ours_make_a_bucket_of_one_kind_exact()
    {
        var day = TwoRuns()
            .Bill(30, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(3_000, Named(TokenKind.Input), Channel.Anthropic)
            .Reconcile();

        Assert.Equal([10m, 20m], [Billed(day, 1), Billed(day, 2)]);
        Assert.All(day.Shares, share => Assert.Equal(Confidence.Exact, share.Confidence));
        Assert.True(Assert.Single(day.Buckets).IsTokenMatched);
    }

    [Theory]
    [InlineData(3_003, true)]
    [InlineData(3_004, false)]
    [InlineData(2_998, true)]
    [InlineData(2_996, false)]
    public void Counts_match_within_a_thousandth(long counted, bool isMatched)
    {
        var day = TwoRuns()
            .Bill(30, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(counted, Named(TokenKind.Input), Channel.Anthropic)
            .Reconcile();

        Assert.Equal(isMatched, Assert.Single(day.Buckets).IsTokenMatched);
    }

    [Fact]
    public void Of_a_kind_only_its_own_tokens_are_compared()
    {
        var day = TwoRuns()
            .Bill(30, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Bill(9, Named(TokenKind.Output), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(3_000, Named(TokenKind.Input), Channel.Anthropic)
            .Count(900, Named(TokenKind.Output), Channel.Anthropic)
            .Reconcile();

        Assert.True(day.Buckets.Single(bucket => bucket.Dimensions.TokenKind == TokenKind.Input).IsTokenMatched);
        Assert.False(day.Buckets.Single(bucket => bucket.Dimensions.TokenKind == TokenKind.Output).IsTokenMatched);
    }

    [Fact]
    public void Counts_of_several_keys_are_parts_of_one_bucket()
    {
        var day = TwoRuns()
            .Bill(30, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(1_000, Named(TokenKind.Input, key: "apikey_1"), Channel.Anthropic)
            .Count(2_000, Named(TokenKind.Input, key: "apikey_2"), Channel.Anthropic)
            .Reconcile();

        Assert.True(Assert.Single(day.Buckets).IsTokenMatched);
    }

    [Theory]
    [InlineData("standard", "claude-opus-5", true)]
    [InlineData("priority", "claude-opus-5", false)]
    [InlineData("standard", "claude-haiku-5", false)]
    public void Counts_of_another_tier_or_model_are_not_the_buckets(string tier, string model, bool isMatched)
    {
        var day = TwoRuns()
            .Bill(30, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(3_000, Named(TokenKind.Input, tier: tier, model: model), Channel.Anthropic)
            .Reconcile();

        Assert.Equal(isMatched, Assert.Single(day.Buckets).IsTokenMatched);
    }

    [Fact]
    public void A_quantity_in_tokens_is_the_bills_own_count()
    {
        var day = TwoRuns()
            .Bill(30, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport,
                quantity: 3, unit: "1000_tokens")
            .Reconcile();

        Assert.True(Assert.Single(day.Buckets).IsTokenMatched);
    }

    [Fact]
    public void A_count_bills_nothing_and_disputes_nothing()
    {
        var without = TwoRuns()
            .Bill(30, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Reconcile();
        var with = TwoRuns()
            .Bill(30, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(9_000_000, Named(TokenKind.Input), Channel.Anthropic)
            .Reconcile();

        Assert.Empty(with.Notices);
        Assert.Equal(ChargeRole.Check, with.Charges.Single(row => row.Charge.Family == SkuFamily.TokenCounts).Role);
        Assert.Equal(
            without.Shares.Select(share => share.GrossNanoCredits), with.Shares.Select(share => share.GrossNanoCredits));
        Assert.Equal(
            without.Unallocated.Select(part => part.GrossNanoCredits), with.Unallocated.Select(part => part.GrossNanoCredits));
    }

    [Theory]
    [InlineData("apikey_ci", true)]
    [InlineData("apikey_of_a_person", false)]
    public void A_bucket_whose_tokens_all_came_through_an_exclusive_key_is_taken_whole(string key, bool isWhole)
    {
        // The log lost two thirds of the input, so the counts do not equal ours: the key alone tells whose it is.
        var day = TwoRuns("apikey_ci")
            .Exclusive(new ExclusiveScope { ApiKey = "apikey_ci" })
            .Bill(90, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(9_000, Named(TokenKind.Input, key: key), Channel.Anthropic)
            .Reconcile();

        Assert.Equal(isWhole ? 90 : 30, Billed(day, 1) + Billed(day, 2));
        Assert.Equal(isWhole ? 0 : 60, Rest(day, UnallocatedReason.OtherUsage));
    }

    [Fact]
    public void One_other_key_with_tokens_ends_the_exclusiveness()
    {
        var day = TwoRuns("apikey_ci")
            .Exclusive(new ExclusiveScope { ApiKey = "apikey_ci" })
            .Bill(90, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(8_999, Named(TokenKind.Input, key: "apikey_ci"), Channel.Anthropic)
            .Count(1, Named(TokenKind.Input, key: "apikey_of_a_person"), Channel.Anthropic)
            .Reconcile();

        Assert.Equal(30, Billed(day, 1) + Billed(day, 2));
    }

    [Fact]
    public void Exclusive_keys_take_no_money_for_runs_of_other_keys()
    {
        var day = TwoRuns("apikey_of_another_team")
            .Exclusive(new ExclusiveScope { ApiKey = "apikey_ci" })
            .Bill(90, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(9_000, Named(TokenKind.Input, key: "apikey_ci"), Channel.Anthropic)
            .Reconcile();

        Assert.Equal(30, Billed(day, 1) + Billed(day, 2));
    }

    [Theory]
    [InlineData(-1, 30)]
    [InlineData(0, 90)]
    [InlineData(1, 90)]
    public void Counts_older_than_the_bill_match_nothing(int hoursAfterBill, decimal billed)
    {
        // The log's 3,000 tokens were all that was counted when the counts were read; the bill has grown since.
        var seen = new DateTimeOffset(2026, 11, 4, 6, 0, 0, TimeSpan.Zero);
        var day = TwoRuns()
            .Bill(90, Named(TokenKind.Input), channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(3_000, Named(TokenKind.Input), Channel.Anthropic)
            .SeenAt(BillView.CostReport, seen)
            .SeenAt(BillView.MessagesUsage, seen.AddHours(hoursAfterBill))
            .Reconcile();

        Assert.Equal(billed, Billed(day, 1) + Billed(day, 2));
    }

    [Theory]
    [InlineData("default", true)]
    [InlineData("batch", false)]
    public void A_line_without_a_tier_is_of_the_usual_one(string tier, bool isMatched)
    {
        var named = new ChargeDimensions { Model = Dimension.Value(Opus), TokenKind = TokenKind.Input };
        var day = TwoRuns()
            .Bill(30, named, channel: Channel.Anthropic, family: SkuFamily.Tokens, view: BillView.CostReport)
            .Count(3_000, named with { ServiceTier = Dimension.Value(tier) }, Channel.Anthropic)
            .Reconcile();

        Assert.Equal(isMatched, Assert.Single(day.Buckets).IsTokenMatched);
    }

    private static Scenario TwoRuns(string? key = null) => new Scenario()
        .Run(1, null, Opus, channel: Channel.Anthropic, kinds: new KindCredits(10, 3, 0, 0, 0), tokens: new TokenCounts(1_000, 100, 0), apiKey: key)
        .Run(2, null, Opus, channel: Channel.Anthropic, kinds: new KindCredits(20, 6, 0, 0, 0), tokens: new TokenCounts(2_000, 200, 0), apiKey: key);

    private static ChargeDimensions Named(
        TokenKind kind, string? key = null, string tier = UsageSlice.StandardTier, string model = Opus) => new()
        {
            Model = Dimension.Value(model),
            TokenKind = kind,
            ServiceTier = Dimension.Value(tier),
            ApiKey = Dimension.ValueOrNotNamed(key),
        };
}
