using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Gap;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Tests.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Gap;

/// <summary>The rows of the decision table, one by one.</summary>
public sealed class DayGapTests
{
    private const string Sonnet = GapWorld.Sonnet;
    private static readonly TokenCounts Used = new(10_000, 2_000, 100_000, 8_000);
    private static readonly GapWorld Columns = new([], default, Plant.Nothing, false);

    [Fact]
    public void Usage_without_any_bill_is_timing() =>
        Assert.Equal("Timing NoBillYet -100", Told(new Scenario().Run(1, 100), SettlementStatus.Estimated));

    [Fact]
    public void Usage_that_no_charge_means_is_timing_until_the_day_has_settled_and_unexplained_after()
    {
        var scenario = new Scenario().Run(1, 100, model: "gpt-5-5").EmptyBill(BillView.AiCreditReport);

        Assert.Equal("Timing BillNotSettled -100", Told(scenario, SettlementStatus.Provisional));
        Assert.Equal("Unexplained UsageNotBilled -100", Told(scenario));
    }

    [Fact]
    public void A_day_that_could_not_be_read_to_the_end_is_timing_of_its_own()
    {
        var day = new Scenario().Run(1, 100).Build();
        var cell = Assert.Single(DayGap.Of(day, DayReconciler.Reconcile(day), new DaySettlement(
            day.Account, day.Day, SettlementStatus.Closed, 0, null, null) { Reason = SettlementReason.Unreachable }));

        Assert.Equal((GapPart.Timing, GapCause.BillUnreachable), (cell.Amounts[0].Part, cell.Amounts[0].Cause));
        Assert.Null(cell.BilledNanoCredits);
    }

    [Fact]
    public void A_shared_bucket_without_tokens_is_one_figure()
    {
        var amount = Assert.Single(Amounts(new Scenario().Run(1, 100).SilentRun(2).Bill(130)));

        Assert.Equal((GapPart.NotSeparable, GapCause.NoBilledTokens, 30m), (amount.Part, amount.Cause, amount.AiCredits));
        Assert.Equal([GapPart.Coverage, GapPart.TokenKind, GapPart.Price, GapPart.OtherUsage], amount.MayHold);
    }

    [Fact]
    public void An_exclusive_and_complete_bucket_without_tokens_may_hold_kind_and_price_alone()
    {
        var amount = Assert.Single(Amounts(new Scenario().Run(1, 100).Bill(130).Exclusive(new ExclusiveScope())));

        Assert.Equal(GapCause.NoBilledTokensInExclusiveBucket, amount.Cause);
        Assert.Equal([GapPart.TokenKind, GapPart.Price], amount.MayHold);
    }

    [Fact]
    public void On_a_day_that_has_not_settled_timing_may_be_in_it_too() =>
        Assert.Contains(GapPart.Timing, Assert.Single(
            Amounts(new Scenario().Run(1, 100).Bill(130), SettlementStatus.Provisional)).MayHold);

    [Theory]
    [InlineData(false, false, "OtherUsage NoRunMatches 40")]
    [InlineData(false, true, "NotSeparable RunsOrOtherUsage 40")]
    [InlineData(true, true, "Coverage RunsWithoutTelemetry 40")]
    [InlineData(true, false, "Unexplained NoKnownRun 40")]
    public void A_charge_that_no_usage_can_mean_is_whoevers_could_have_spent_it(bool isExclusive, bool hasBare, string told)
    {
        var scenario = new Scenario().Bill(40);
        if (isExclusive)
            scenario.Exclusive(new ExclusiveScope());
        if (hasBare)
            scenario.SilentRun(7);

        Assert.Equal(told, Told(scenario));
        Assert.Equal(hasBare ? [7] : [], Amounts(scenario).SelectMany(amount => amount.Runs).Select(run => run.RunId));
    }

    [Fact]
    public void Code_review_is_other_usage() => Assert.Equal(
        "OtherUsage NotAgentUsage 18.4", Told(new Scenario().Bill(18.4m, category: ChargeCategory.CodeReview)));

    [Fact]
    public void Where_the_billed_output_is_ours_nobody_else_was_there_though_the_bucket_is_shared()
    {
        var scenario = new Scenario { Prices = GapWorld.Book };
        GapWorld.AddRun(scenario, 1, Used with { CacheWrite5m = 0 });
        Columns.AddBill(scenario.SilentRun(2), Used, GapWorld.Worth(Used));

        var amount = Assert.Single(Amounts(scenario));

        Assert.Equal((GapPart.TokenKind, GapCause.CacheWritesMissing, 5m), (amount.Part, amount.Cause, amount.AiCredits));
        Assert.Equal(1, Assert.Single(amount.Runs).RunId);
    }

    [Fact]
    public void Cache_writes_that_our_logs_lack_beside_people_may_be_theirs()
    {
        var scenario = new Scenario { Prices = GapWorld.Book };
        GapWorld.AddRun(scenario, 1, Used with { CacheWrite5m = 0 });
        Columns.AddBill(scenario, Used + Used, GapWorld.Worth(Used + Used));

        Assert.Equal(
            ["OtherUsage BeyondKnownRuns 15", "NotSeparable CacheWritesOrOtherUsage 10"], Amounts(scenario).Select(Told));
    }

    [Fact]
    public void Tokens_beyond_ours_in_a_shared_bucket_with_unseen_runs_are_either()
    {
        var scenario = new Scenario { Prices = GapWorld.Book }.SilentRun(2);
        GapWorld.AddRun(scenario, 1, Used);
        Columns.AddBill(scenario, Used + Used, GapWorld.Worth(Used + Used));

        Assert.Equal("NotSeparable RunsOrOtherUsage 20", Told(scenario));
    }

    [Fact]
    public void Tokens_that_only_known_runs_can_have_used_were_lost_by_their_logs()
    {
        var scenario = new Scenario { Prices = GapWorld.Book }.Exclusive(new ExclusiveScope());
        GapWorld.AddRun(scenario, 1, Used);
        Columns.AddBill(scenario, Used with { Output = 3_000 }, GapWorld.Worth(Used with { Output = 3_000 }));

        Assert.Equal("TokenKind TokensMissing 2.5", Told(scenario));
    }

    [Fact]
    public void Tokens_that_a_bill_lacks_may_yet_come_until_it_has_settled()
    {
        var scenario = new Scenario { Prices = GapWorld.Book };
        GapWorld.AddRun(scenario, 1, Used);
        Columns.AddBill(scenario, Used with { Output = 1_000 }, GapWorld.Worth(Used with { Output = 1_000 }));

        Assert.Equal("Timing BillNotSettled -2.5", Told(scenario, SettlementStatus.Provisional));
        Assert.Equal("TokenKind MoreThanBilled -2.5", Told(scenario));
    }

    [Fact]
    public void What_was_billed_for_usage_without_a_price_is_no_estimate_of_zero()
    {
        var cell = Assert.Single(GapWorld.Explain(
            new Scenario().Run(1, null).Bill(7).Exclusive(new ExclusiveScope())));

        Assert.Null(cell.EstimatedAiCredits);
        Assert.Equal(1, cell.UnpricedRequests);
        Assert.Equal("Price UnpricedUsage 7", Told(Assert.Single(cell.Amounts)));
        Assert.Equal("NotSeparable UnpricedUsage 7", Told(new Scenario().Run(1, null).Bill(7)));
    }

    [Fact]
    public void A_refund_is_a_price_where_tokens_are_known()
    {
        var scenario = new Scenario { Prices = GapWorld.Book };
        GapWorld.AddRun(scenario, 1, Used);
        Columns.AddBill(scenario, Used, GapWorld.Worth(Used)).Bill(-3, Names.Model(Sonnet));

        Assert.Equal("Price Refund -3", Told(scenario));
    }

    [Fact]
    public void Digits_beyond_the_nano_credit_are_rounding()
    {
        var amount = Assert.Single(Amounts(new Scenario().Run(1, 1.0000000004m).Bill(1).Exclusive(new ExclusiveScope())));

        Assert.Equal((GapPart.Rounding, -0.0000000004m), (amount.Part, amount.AiCredits));
    }

    [Theory]
    [InlineData("19.9", 0.1, GapPart.Rounding)]
    [InlineData("19.90", 0.1, GapPart.Price)]
    [InlineData("19.7", 0.3, GapPart.Price)]
    public void A_difference_that_the_last_place_of_a_row_can_make_is_rounding(string quantity, double off, GapPart part)
    {
        // Half a unit of the last place is 0.05: twice that over two rows.
        var scenario = new Scenario { Prices = GapWorld.Book };
        GapWorld.AddRun(scenario, 1, Used);
        GapWorld.AddRun(scenario, 2, Used);
        var amount = decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture);
        var day = Columns.AddBill(Columns.AddBill(scenario, Used, amount), Used, GapWorld.Worth(Used)).Build();
        var seen = day.Observations[0];
        day = day with
        {
            Observations = [seen with { Charges = [.. seen.Charges.Select(charge => charge with {
                Quantity = charge.GrossNanoCredits == seen.Charges[0].GrossNanoCredits ? amount : 20.0m })] }],
        };

        var told = Assert.Single(DayGap.Of(day, DayReconciler.Reconcile(day), new DaySettlement(
            day.Account, day.Day, SettlementStatus.Settled, 2, null, null))).Amounts;

        Assert.Equal((part, -(decimal)off), (Assert.Single(told).Part, told[0].AiCredits));
    }

    [Fact]
    public void A_bucket_of_several_models_is_one_figure_though_tokens_are_known()
    {
        var scenario = new Scenario { Prices = GapWorld.Book }.Run(3, 5, model: "gpt-5-5");
        GapWorld.AddRun(scenario, 1, Used);
        scenario.Bill(30, tokens: new BilledTokens(10_000, 2_000, 0, 0));

        Assert.Equal(GapCause.SeveralModels, Assert.Single(Amounts(scenario)).Cause);
    }

    [Fact]
    public void Usage_of_a_channel_without_a_bill_is_timing_that_names_it()
    {
        var day = new Scenario().Run(1, 100, channel: Channel.Anthropic).Build();

        var cell = Assert.Single(DayGap.WithoutBillSource(day.Slices));

        Assert.Equal("Timing NoBillSource -100", Told(Assert.Single(cell.Amounts)));
        Assert.Equal((Channel.Anthropic, Sonnet), cell.Model);
        Assert.Null(cell.Account);
    }

    [Fact]
    public void A_seen_day_without_charges_or_usage_is_billed_nothing_and_not_unknown() => Assert.Equal(
        0, Assert.Single(GapWorld.Explain(new Scenario().EmptyBill(BillView.AiCreditReport))).BilledNanoCredits);

    [Fact]
    public void Lifetimes_of_cache_writes_are_kinds_of_their_own_where_the_bill_tells_them()
    {
        var slices = new Scenario();
        GapWorld.AddRun(slices, 1, new TokenCounts(0, 100, 0, 1_000));
        var own = slices.Build().Slices;
        var billed = new TokenCounts(0, 100, 0, 400, 600);

        Assert.Equal(
            [0, 25_000_000L * 10, 0, 400 * 625_000L, 600 * 1_000_000L],
            TokenColumns.Of(billed, own, isByKind: true, (kind, count) => 0.001m * count)!.BilledNanoCredits);
        Assert.Equal(
            [0, 25_000_000L * 10, 0, 1_000 * 625_000L, 0],
            TokenColumns.Of(billed, own, isByKind: false, (_, _) => null)!.BilledNanoCredits);
        Assert.Null(TokenColumns.Of(billed, own, isByKind: true, (_, _) => null));
    }

    private static IReadOnlyList<GapAmount> Amounts(
        Scenario scenario, SettlementStatus status = SettlementStatus.Settled) =>
        GapSum.Of([.. GapWorld.Explain(scenario, status)]).Amounts;

    private static string Told(Scenario scenario, SettlementStatus status = SettlementStatus.Settled) =>
        Told(Assert.Single(Amounts(scenario, status)));

    private static string Told(GapAmount amount) => FormattableString.Invariant(
        $"{amount.Part} {amount.Cause} {decimal.Round(amount.AiCredits, 9):0.#########}");
}
