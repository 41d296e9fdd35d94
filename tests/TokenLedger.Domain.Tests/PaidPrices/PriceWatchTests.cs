using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.PaidPrices;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.PaidPrices;

public sealed class PriceWatchTests
{
    private static readonly DateOnly First = new(2026, 11, 1);

    [Fact]
    public void A_price_that_fell_on_the_14th_is_found_since_the_14th()
    {
        var bills = new Bills();
        for (var day = First; day < First.AddDays(20); day = day.AddDays(1))
            bills.Line(day, day < Bills.Change ? 10m : 8m, 2_000_000);

        var finding = Assert.Single(bills.Look());

        Assert.Equal(PriceFindingCode.PriceContradictsBook, finding.Code);
        Assert.Equal(("sol", TokenKind.Input), (finding.Model, finding.Kind));
        Assert.Equal((5m, 4m), (finding.BookedUsdPerMillionTokens, finding.PaidUsdPerMillionTokens));
        Assert.Equal((Bills.Change, new DateOnly(2026, 11, 20), 7), (finding.Since, finding.Through, finding.Days));
        Assert.Equal((14_000_000L, 56m, -14m), (finding.Tokens, finding.BilledGrossUsd, finding.EffectUsd));
        Assert.Equal(-20m, finding.OffPercent);
        Assert.Equal("a test", finding.BookedRow!.Source);
    }

    [Theory]
    [InlineData("10.06", false)] // a cent of rounding and half a percent of 10 USD
    [InlineData("10.07", true)]
    [InlineData("9.94", false)]
    [InlineData("9.93", true)]
    public void A_cent_and_half_a_percent_are_no_contradiction(string usd, bool isFound) => Assert.Equal(
        isFound,
        new Bills().Line(First, decimal.Parse(usd, CultureInfo.InvariantCulture), 2_000_000)
            .Look().Count == 1);

    [Fact]
    public void Amounts_finer_than_cents_are_held_to_their_own_last_place() => Assert.Single(
        new Bills().Line(First, 0.005m, 1_000).Line(First, 0.00061m, 100).Look());

    [Fact]
    public void A_day_of_too_little_money_neither_begins_nor_ends_a_span()
    {
        var finding = Assert.Single(new Bills()
            .Line(First, 8m, 2_000_000)
            .Line(First.AddDays(1), 0.01m, 1_000)
            .Line(First.AddDays(2), 8m, 2_000_000)
            .Look());
        Assert.Equal((First, First.AddDays(2), 2), (finding.Since, finding.Through, finding.Days));
    }

    [Fact]
    public void A_day_that_agrees_ends_a_span_and_another_paid_price_begins_one()
    {
        var findings = new Bills()
            .Line(First, 8m, 2_000_000)
            .Line(First.AddDays(1), 10m, 2_000_000)
            .Line(First.AddDays(2), 8m, 2_000_000)
            .Line(First.AddDays(3), 6m, 2_000_000)
            .Look();
        Assert.Equal(
            [(First, 4m), (First.AddDays(2), 4m), (First.AddDays(3), 3m)],
            findings.Select(finding => (finding.Since, finding.PaidUsdPerMillionTokens!.Value)));
    }

    [Fact]
    public void Each_kind_is_compared_with_its_own_price()
    {
        var finding = Assert.Single(new Bills()
            .Line(First, 10m, 2_000_000)
            .Line(First, 30m, 1_000_000, kind: TokenKind.Output)
            .Line(First, 4m, 10_000, kind: TokenKind.CacheRead, unit: "1000_tokens")
            .Look());
        Assert.Equal((TokenKind.CacheRead, 0.5m, 0.4m),
            (finding.Kind, finding.BookedUsdPerMillionTokens, finding.PaidUsdPerMillionTokens));
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("priority")]
    public void A_tier_of_which_the_book_has_no_price_is_no_contradiction(string tier) =>
        Assert.Empty(new Bills().Line(First, 5m, 2_000_000, tier: tier).Look());

    [Fact]
    public void A_file_that_names_no_tier_is_not_held_against_the_book() =>
        Assert.Empty(new Bills().Line(First, 5m, 2_000_000, view: BillView.Focus).Look());

    [Theory]
    [InlineData(null, 4, false)] // both bands
    [InlineData(null, 6, false)] // a mixture of them
    [InlineData(null, 8, false)]
    [InlineData(null, 3, true)]
    [InlineData(null, 9, true)]
    [InlineData("default", 8, true)]
    [InlineData("long", 8, false)]
    [InlineData("long", 4, true)]
    public void Of_an_unnamed_band_only_a_price_outside_of_all_contradicts(string? band, int usd, bool isFound) =>
        Assert.Equal(isFound, new Bills().Line(First, usd, 2_000_000, "banded", band: band).Look().Count == 1);

    [Fact]
    public void A_day_with_a_refund_is_left_out() =>
        Assert.Empty(new Bills().Line(First, 8m, 2_000_000).Line(First, -1m, null).Look());

    [Fact]
    public void A_model_that_the_book_does_not_know_is_told_with_what_was_paid()
    {
        var findings = new Bills()
            .Line(First, 6m, 2_000_000, "nova")
            .Line(First.AddDays(3), 6m, 2_000_000, "nova")
            .Line(First, 2m, 1_000_000, kind: TokenKind.CacheWrite1h)
            .Look();
        Assert.All(findings, finding => Assert.Equal(PriceFindingCode.UnbookedModel, finding.Code));
        Assert.Equal(
            [("nova", UnpricedReason.UnknownModel, 3m, 2), ("sol", UnpricedReason.NoPriceForKind, 2m, 1)],
            findings.Select(finding => (
                finding.Model, finding.Unbooked!.Value, finding.PaidUsdPerMillionTokens!.Value, finding.Days)));
        Assert.All(findings, finding => Assert.Null(finding.EffectUsd));
    }

    [Fact]
    public void Names_are_those_of_the_book() =>
        Assert.Equal("sol", Assert.Single(new Bills().Line(First, 8m, 2_000_000, "sol-latest").Look()).Model);

    [Fact]
    public void Counts_beside_the_bill_are_its_tokens_once_it_is_settled()
    {
        var bills = new Bills().Cost(First, 8m).Count(First, 2_000_000);

        var finding = Assert.Single(bills.Look());

        Assert.Equal((4m, true), (finding.PaidUsdPerMillionTokens, finding.IsCountedBeside));
        bills.IsSettled = false;
        Assert.Empty(bills.Look());
    }

    [Fact]
    public void Counts_of_another_tier_are_not_the_tokens_of_a_line() => Assert.Empty(new Bills()
        .Cost(First, 10m).Count(First, 2_000_000).Count(First, 500_000, tier: "priority")
        .Look());

    [Fact]
    public void A_line_without_quantity_and_tier_is_not_held_against_counts_of_every_tier() => Assert.Empty(new Bills()
        .Line(First, 8m, null, "opus", channel: Channel.Anthropic, view: BillView.OrganizationCosts)
        .Count(First, 2_000_000)
        .Look());

    [Theory]
    [InlineData(1_000_000, 0, "5", false)]
    [InlineData(1_000_000, 400_000, "5.2", false)] // input beside what was read
    [InlineData(1_000_000, 400_000, "3.2", false)] // input with what was read
    [InlineData(1_000_000, 400_000, "4.2", true)]
    [InlineData(1_000_000, 0, "4", true)]
    public void A_sum_of_all_kinds_contradicts_where_neither_reading_reproduces_it(
        long input, long read, string usd, bool isFound)
    {
        var findings = new Bills().Report(
            First, decimal.Parse(usd, CultureInfo.InvariantCulture),
            new BilledTokens(input, 0, read, 0)).Look();
        Assert.Equal(isFound, findings.Count == 1);
        Assert.All(findings, finding => Assert.Null(finding.Kind));
        Assert.All(findings, finding => Assert.Null(finding.PaidUsdPerMillionTokens));
    }

    [Fact]
    public void Of_a_sum_the_percentage_is_told()
    {
        var finding = Assert.Single(new Bills()
            .Report(First, 24m, new BilledTokens(1_000_000, 1_000_000, 0, 0)).Look());
        Assert.Equal((-20m, -6m), (finding.OffPercent, finding.EffectUsd));
    }

    [Fact]
    public void A_row_without_token_columns_says_nothing_and_a_refund_leaves_the_sum_open()
    {
        var tokens = new BilledTokens(1_000_000, 1_000_000, 0, 0);
        Assert.Equal(24m, Assert.Single(
            new Bills().Report(First, 24m, tokens).Report(First, 1m, null).Look()).BilledGrossUsd);
        Assert.Empty(new Bills().Report(First, 24m, tokens).Report(First, -1m, null).Look());
    }

    [Fact]
    public void Automatic_selection_is_held_against_the_discounted_price()
    {
        var tokens = new BilledTokens(1_000_000, 0, 0, 0);
        Assert.Empty(new Bills().Report(First, 4.5m, tokens, isAuto: true).Look());
        Assert.Single(new Bills().Report(First, 5m, tokens, isAuto: true).Look());
    }

    [Fact]
    public void A_bill_made_of_booked_prices_makes_no_finding() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(), counts =>
        {
            var bills = new Bills();
            foreach (var (number, count) in counts.Index())
            {
                var tokens = Math.Abs((long)count) * 97;
                var kind = TokenCounts.Kinds[number % 4];
                var price = Bills.Book.Rows.First(row => row.Model == "sol").UsdPerMillionTokens[kind]!.Value;
                bills.Line(
                    First.AddDays(number / 8), decimal.Round(tokens * price / 1_000_000m, 2), tokens, kind: kind);
            }

            return bills.Look().Count == 0;
        }));

    [Fact]
    public void The_order_of_days_and_rows_changes_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(), amounts =>
        {
            var bills = new Bills();
            foreach (var (number, amount) in amounts.Index())
            {
                bills.Line(
                    First.AddDays(number % 5), Math.Abs((long)amount) % 1_000 * 0.01m, 1_000_000,
                    number % 3 == 0 ? "nova" : "sol", TokenCounts.Kinds[number % 2]);
            }

            return bills.Look().SequenceEqual(PriceWatch.Look(bills.Days(isReversed: true), Bills.Book));
        }));

    [Fact]
    public void A_changed_price_is_found_since_its_day_whatever_the_usage() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 29).Zip(Gen.Choose(1, 400)).ToArbitrary(), planted =>
        {
            var (changedAt, percent) = planted;
            if (percent is > 97 and < 103)
                return true;
            var bills = new Bills();
            for (var day = 0; day < 30; day++)
            {
                var tokens = 1_000_000L + (day * 37_000L);
                var usd = decimal.Round(tokens * 0.000005m * (day < changedAt ? 1m : percent * 0.01m), 2);
                bills.Line(First.AddDays(day), usd, tokens);
            }

            var finding = bills.Look();
            return finding.Count == 1 && finding[0].Since == First.AddDays(changedAt)
                && finding[0].Days == 30 - changedAt
                && Math.Abs(finding[0].PaidUsdPerMillionTokens!.Value - (0.05m * percent)) < 0.02m;
        }));
}
