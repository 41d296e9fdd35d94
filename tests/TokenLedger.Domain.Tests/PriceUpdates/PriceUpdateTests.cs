using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.PriceUpdates;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.PriceUpdates;

public sealed class PriceUpdateTests
{
    private static readonly DateOnly Effective = new(2026, 10, 7);
    private static readonly UnitPrices Sonnet = new(3m, 15m, 0.3m, 3.75m, 6m);
    private static readonly PriceBook Book = new(
        new ModelNames(new Dictionary<string, string> { ["sonnet-latest"] = "sonnet" }),
        [
            Row("sonnet", null, null, 0, Sonnet),
            Row("luna", null, new DateOnly(2026, 7, 30), 0, new UnitPrices(1m, 6m, null, null, null)),
            Row("luna", new DateOnly(2026, 7, 30), new DateOnly(2026, 12, 1), 0, new UnitPrices(0.2m, 1.2m, 0.02m, null, null)),
            Row("luna", new DateOnly(2026, 7, 30), null, 200_000, new UnitPrices(0.4m, 1.8m, 0.04m, null, null)),
            Row("luna", new DateOnly(2026, 12, 1), null, 0, new UnitPrices(0.3m, 1.3m, 0.03m, null, null)),
        ],
        [],
        "hash");

    [Fact]
    public void A_changed_price_begins_on_the_effective_day_and_the_old_one_ends_there()
    {
        var plan = Plan(Entry("sonnet", Sonnet with { Input = 2m }));

        Assert.Equal(
            new PriceChange(Channel.Anthropic, "sonnet", 0, TokenKind.Input, 3m, 2m), Assert.Single(plan.Changes));
        Assert.Equal(
            [(null, Effective, 3m), (Effective, null, 2m)],
            plan.Rows.Select(row => (row.ValidFrom, row.ValidTo, row.UsdPerMillionTokens.Input!.Value)));
        Assert.Equal("a list: sonnet", plan.Rows[1].Source);
        Assert.Equal((new DateOnly(2026, 10, 9), false), (plan.Rows[1].AsOf, plan.Rows[1].IsVerified));
    }

    [Fact]
    public void Of_an_unchanged_model_the_list_may_leave_kinds_out() =>
        Assert.Equal((0, 1), (Plan(Entry("sonnet", new UnitPrices(3m, 15m, null, null, null))).Changes.Count,
            Plan(Entry("sonnet", new UnitPrices(3m, 15m, null, null, null))).UnchangedModels));

    [Fact]
    public void Of_a_changed_model_what_the_list_leaves_out_becomes_unknown_and_is_told()
    {
        var plan = Plan(Entry("sonnet", new UnitPrices(2m, 10m, 0.2m, 2.5m, null)));
        Assert.Contains(plan.Changes, change => change is { Kind: TokenKind.CacheWrite1h, Booked: 6m, Listed: null });
        Assert.Null(plan.Rows[^1].UsdPerMillionTokens.CacheWrite1h);
    }

    [Fact]
    public void Long_prompts_that_would_lose_the_price_of_a_kind_are_refused()
    {
        var plan = PriceUpdate.Plan(
            Book,
            [new ListedModel(Channel.Anthropic, "luna", new Dictionary<long, UnitPrices>
            {
                [0] = new(0.1m, 1m, 0.01m, null, null), [200_000] = new(0.2m, 2m, null, null, null),
            })],
            new PriceUpdateRequest(Effective, new DateOnly(2026, 10, 9), "a list", []));

        Assert.Equal(PriceRefusalReason.IncompleteBand, Assert.Single(plan.Refusals).Reason);
        Assert.Empty(plan.Rows);
    }

    [Fact]
    public void A_kind_becomes_free_only_where_the_model_was_asked_for()
    {
        var entry = Entry("sonnet", Sonnet with { CacheRead = 0m });

        Assert.Equal(PriceRefusalReason.BecomesFree, Assert.Single(Plan(entry).Refusals).Reason);
        Assert.Empty(PriceUpdate.Plan(
            Book, [entry], new PriceUpdateRequest(Effective, new DateOnly(2026, 10, 9), "a list", ["sonnet"])).Refusals);
    }

    [Fact]
    public void A_change_that_the_book_knows_of_stays_ahead()
    {
        var plan = PriceUpdate.Plan(
            Book,
            [new ListedModel(Channel.Anthropic, "luna", new Dictionary<long, UnitPrices>
            {
                [0] = new(0.1m, 1m, 0.01m, null, null), [200_000] = new(0.2m, 2m, 0.02m, null, null),
            })],
            Request());
        var book = Book.OverriddenBy(new PriceBook(new ModelNames([]), plan.Rows, [], "new"));

        Assert.Empty(PriceBookProblems.In([.. book.Rows]));
        Assert.Equal([1m, 0.2m, 0.1m, 0.3m], new[] { "2026-07-01", "2026-10-06", "2026-10-07", "2026-12-01" }
            .Select(day => InputOn(book, "luna", day, 0)));
        Assert.Equal([0.4m, 0.2m, 0.4m], new[] { "2026-10-06", "2026-11-30", "2026-12-01" }
            .Select(day => InputOn(book, "luna", day, 200_000)));
    }

    [Theory]
    [InlineData("sonnet-latest")]
    [InlineData("Sonnet")]
    [InlineData("sonnet-20261001")]
    [InlineData("anthropic/sonnet")]
    public void A_name_matches_as_names_do_everywhere(string id) =>
        Assert.Single(Plan(Entry(id, Sonnet with { Input = 2m })).Changes);

    [Theory]
    [InlineData("sonnet-turbo")]
    [InlineData("sonnet@20261001")]
    [InlineData("sonnet-20261001-v1:0")]
    public void A_name_that_only_begins_alike_is_refused(string id)
    {
        var plan = Plan(Entry(id, Sonnet with { Input = 2m }));
        var refusal = Assert.Single(plan.Refusals);
        Assert.Equal((PriceRefusalReason.SimilarNameOnly, "sonnet"), (refusal.Reason, refusal.Model));
        Assert.Equal([id], refusal.Ids);
        Assert.Empty(plan.Rows);
    }

    [Fact]
    public void Another_channels_price_is_not_taken()
    {
        var plan = Plan(Entry("sonnet", Sonnet with { Input = 2m }) with { Channel = Channel.Copilot });
        Assert.Empty(plan.Changes);
        Assert.Equal(2, plan.UnlistedModels);
    }

    [Fact]
    public void Two_prices_of_one_name_are_refused_and_two_equal_ones_are_not()
    {
        var listed = Entry("sonnet", Sonnet with { Input = 2m });
        Assert.Empty(Plan(listed, listed with { Id = "sonnet-20261001" }).Refusals);
        Assert.Equal(
            PriceRefusalReason.TwoPrices,
            Assert.Single(Plan(listed, Entry("sonnet-20261001", Sonnet with { Input = 1m })).Refusals).Reason);
    }

    [Fact]
    public void What_cannot_be_taken_without_a_guess_is_refused_with_its_reason()
    {
        Assert.Equal(PriceRefusalReason.UnreadableEntry, Reason(Entry("sonnet", Sonnet) with { Fault = "no price" }));
        Assert.Equal(PriceRefusalReason.NoPrice, Reason(Entry("sonnet", Sonnet with { Output = null })));
        Assert.Equal(PriceRefusalReason.NoPrice, Reason(Entry("sonnet", new UnitPrices(0m, 0m, null, null, null))));
        Assert.Equal(PriceRefusalReason.UnlistedBand, Reason(Entry("luna", new UnitPrices(0.1m, 1m, null, null, null))));
        Assert.Equal(PriceRefusalReason.UnknownBand, Reason(new ListedModel(
            Channel.Anthropic, "sonnet",
            new Dictionary<long, UnitPrices> { [0] = Sonnet, [150_000] = Sonnet with { Input = 6m } })));
    }

    [Fact]
    public void A_model_that_the_book_lacks_is_added_only_when_it_is_asked_for()
    {
        var nova = Entry("nova", new UnitPrices(1m, 2m, null, null, null));
        Assert.Empty(Plan(nova).Changes);
        var plan = PriceUpdate.Plan(Book, [nova], Request("Nova", "unheard"));
        var row = Assert.Single(plan.Rows);
        Assert.Equal(("nova", Effective, null), (row.Model, row.ValidFrom, row.ValidTo));
        Assert.Equal(
            new PriceRefusal(Channel.Unknown, "unheard", PriceRefusalReason.NotListed, []).ToString(),
            Assert.Single(plan.Refusals).ToString());
    }

    [Fact]
    public void Earlier_days_keep_their_prices_and_the_same_list_again_changes_nothing() => Check.QuickThrowOnFailure(
        Prop.ForAll(
            Gen.Choose(0, 200).Zip(Gen.Choose(1, 500)).Zip(Gen.Choose(0, 3)).ToArbitrary(), generated =>
            {
                var ((offset, cents), entries) = generated;
                var effective = new DateOnly(2026, 6, 15).AddDays(offset);
                var prices = new UnitPrices(cents * 0.01m, cents * 0.05m, null, entries > 1 ? cents * 0.02m : null, null);
                List<ListedModel> listed =
                [
                    Entry("sonnet", prices),
                    new ListedModel(Channel.Anthropic, "luna", new Dictionary<long, UnitPrices>
                    {
                        [0] = prices, [200_000] = prices,
                    }),
                ];
                if (entries % 2 == 1)
                    listed.Reverse();
                var request = new PriceUpdateRequest(effective, effective, "a list", []);
                var plan = PriceUpdate.Plan(Book, listed, request);
                var after = Book.OverriddenBy(new PriceBook(new ModelNames([]), plan.Rows, [], "new"));
                var days = Enumerable.Range(0, 400).Select(day => new DateOnly(2026, 1, 1).AddDays(day));
                return !PriceBookProblems.In([.. after.Rows]).Any()
                    && PriceUpdate.Plan(after, listed, request).Changes.Count == 0
                    && days.Where(day => day < effective).All(day => new[] { "sonnet", "luna" }.All(model =>
                        new[] { 0L, 200_000 }.All(band => PricesOn(Book, model, day, band) == PricesOn(after, model, day, band))))
                    && plan.Refusals.Count == 0
                    && PricesOn(after, "sonnet", effective, 0)!.Value.Input == prices.Input
                    && PricesOn(after, "luna", effective, 200_000)!.Value.Output == prices.Output;
            }));

    private static PriceRefusalReason Reason(ListedModel entry)
    {
        var plan = Plan(entry);
        Assert.Empty(plan.Rows);
        return Assert.Single(plan.Refusals).Reason;
    }

    private static PriceUpdatePlan Plan(params ListedModel[] listed) => PriceUpdate.Plan(Book, listed, Request());

    private static PriceUpdateRequest Request(params string[] models) =>
        new(Effective, new DateOnly(2026, 10, 9), "a list", models);

    private static ListedModel Entry(string id, UnitPrices prices) =>
        new(Channel.Anthropic, id, new Dictionary<long, UnitPrices> { [0] = prices });

    private static decimal? InputOn(PriceBook book, string model, string day, long band) =>
        PricesOn(book, model, DateOnly.Parse(day, CultureInfo.InvariantCulture), band)?.Input;

    private static UnitPrices? PricesOn(PriceBook book, string model, DateOnly day, long band) =>
        book.Find(Channel.Anthropic, model, day, band, out _)?.UsdPerMillionTokens;

    private static PriceRow Row(string model, DateOnly? from, DateOnly? to, long above, UnitPrices prices) =>
        new(Channel.Anthropic, model, from, to, above, prices, "a test", new DateOnly(2026, 10, 1), true);
}
