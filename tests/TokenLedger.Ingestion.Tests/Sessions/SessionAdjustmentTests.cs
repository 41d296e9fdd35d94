using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Sessions;

namespace TokenLedger.Ingestion.Tests.Sessions;

public sealed class SessionAdjustmentTests
{
    private const string Model = "gpt-5-6-luna";

    [Fact]
    public void Two_slices_share_what_was_lost_by_their_uncached_input()
    {
        var adjustment = new SessionAdjustment(RunFiles.Book.Names);
        var slices = adjustment.Apply(
            [Slice(1, new TokenCounts(300, 5, 0)), Slice(2, new TokenCounts(100, 5, 50))],
            [Session(new TokenCounts(0, 10, 50, 400))]);
        Assert.Equal(
            [new TokenCounts(0, 5, 0, 300), new TokenCounts(0, 5, 50, 100)], slices.Select(slice => slice.Tokens));
        Assert.Equal(400, adjustment.LostCacheWriteTokens);
        Assert.Equal("cache-writes-lost", Assert.Single(adjustment.Notices).Code);
    }

    [Fact]
    public void A_session_that_knows_less_changes_nothing_and_says_so()
    {
        var adjustment = new SessionAdjustment(RunFiles.Book.Names);
        var slices = adjustment.Apply([Slice(1, new TokenCounts(300, 5, 0))], [Session(new TokenCounts(200, 5, 0))]);
        Assert.Equal(new TokenCounts(300, 5, 0), Assert.Single(slices).Tokens);
        Assert.Equal("session-knows-less", Assert.Single(adjustment.Notices).Code);
    }

    [Fact]
    public void A_session_that_did_not_end_changes_nothing()
    {
        var adjustment = new SessionAdjustment(RunFiles.Book.Names);
        var slices = adjustment.Apply(
            [Slice(1, new TokenCounts(300, 5, 0))],
            [Session(new TokenCounts(0, 5, 0, 300)), Session(default) with { IsComplete = false }]);
        Assert.Equal(new TokenCounts(300, 5, 0), Assert.Single(slices).Tokens);
        Assert.Empty(adjustment.Notices);
    }

    [Fact]
    public void A_model_that_the_proxy_never_saw_changes_nothing_and_is_named()
    {
        var adjustment = new SessionAdjustment(RunFiles.Book.Names);
        var slices = adjustment.Apply(
            [Slice(1, new TokenCounts(300, 5, 0))], [Session(new TokenCounts(0, 5, 0, 400), "claude-opus-5")]);
        Assert.Equal(new TokenCounts(300, 5, 0), Assert.Single(slices).Tokens);
        Assert.Equal("session-models-differ", Assert.Single(adjustment.Notices).Code);
    }

    [Fact]
    public void An_alias_with_tokens_and_no_money_is_the_model_with_money_and_no_tokens()
    {
        var session = Session(new TokenCounts(0, 5, 0, 300), "small") with
        {
            Models =
            [
                new SessionModel("small", new TokenCounts(0, 5, 0, 300), 1, HasMoney: false),
                new SessionModel("gpt-5.6-luna", default, 0, HasMoney: true),
            ],
        };
        var slices = new SessionAdjustment(RunFiles.Book.Names).Apply(
            [Slice(1, new TokenCounts(300, 5, 0))], [session]);
        Assert.Equal(300, Assert.Single(slices).Tokens.CacheWrite);
    }

    [Fact]
    public void Routing_calls_are_outside_the_session_and_stay_as_they_are()
    {
        var routing = Slice(1, new TokenCounts(900, 5, 0)) with { Purpose = Purpose.Routing };
        var slices = new SessionAdjustment(RunFiles.Book.Names).Apply(
            [routing, Slice(1, new TokenCounts(300, 5, 0))], [Session(new TokenCounts(0, 5, 0, 300))]);
        Assert.Equal(routing, slices[0]);
    }

    [Fact]
    public void The_sum_after_an_adjustment_is_the_session_and_no_count_is_below_zero() => Prop.ForAll(
        Gen.Choose(0, 1_000).ArrayOf(16).ToArbitrary(), Holds).QuickCheckThrowOnFailure();

    private static bool Holds(int[] counts)
    {
        UsageSlice[] before =
        [
            Slice(1, new TokenCounts(counts[0], counts[1], counts[2], counts[3])),
            Slice(2, new TokenCounts(counts[4], counts[5], counts[6], counts[7])),
            Slice(3, new TokenCounts(counts[8], counts[9], counts[10], counts[11])),
        ];
        var said = new TokenCounts(counts[12] * 3, counts[13] * 3, counts[14] * 3, counts[15] * 3);
        var known = before.Aggregate(default(TokenCounts), (sum, slice) => sum + slice.Tokens);
        var after = new SessionAdjustment(RunFiles.Book.Names).Apply(before, [Session(said)]);
        var sum = after.Aggregate(default(TokenCounts), (total, slice) => total + slice.Tokens);
        return sum == (said.Total >= known.Total ? said : known)
            && after.All(slice => TokenCounts.Kinds.All(kind => slice.Tokens[kind] >= 0));
    }

    private static UsageSlice Slice(int day, TokenCounts tokens) => new(
        new RunKey("github.com", 1, 1), new DateOnly(2026, 10, day), Phase.Agent, Purpose.Main, Channel.Copilot, Model,
        false, UsageSlice.StandardTier, 0, UsageEvidence.ProxyRecords, 1, 0, tokens);

    private static SessionRecord Session(TokenCounts tokens, string model = "gpt-5.6-luna") => new()
    {
        Phase = Phase.Agent,
        Attempt = 1,
        IsComplete = true,
        AiCredits = 1,
        Models = [new SessionModel(model, tokens, 1, HasMoney: true)],
    };
}
