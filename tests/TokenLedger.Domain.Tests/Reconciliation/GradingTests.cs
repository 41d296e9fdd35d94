using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

public sealed class GradingTests
{
    private const string Sonnet = "claude-sonnet-5";
    private const string Triage = ".github/workflows/triage.lock.yml";

    [Theory]
    [InlineData(100, "medium", "shared-bucket,split-by-estimate")]
    [InlineData(76, "medium", "shared-bucket,split-by-estimate")]
    [InlineData(75, "medium", "shared-bucket,split-by-estimate")]
    [InlineData(74.9, "low", "drift-over-25-percent")]
    [InlineData(101, "low", "capped-in-account-wide-bucket")]
    [InlineData(126, "low", "capped-in-account-wide-bucket,drift-over-25-percent")]
    public void An_account_wide_bucket_is_medium_while_the_bill_is_explained(double billed, string confidence, string reasons) =>
        AssertGrade(new Scenario().Run(1, 60).Run(2, 40).Bill((decimal)billed, Names.Model(Sonnet)), confidence, reasons);

    [Theory]
    [InlineData(100, "high", "split-by-estimate")]
    [InlineData(105, "high", "split-by-estimate")]
    [InlineData(95, "high", "split-by-estimate")]
    [InlineData(105.1, "medium", "drift-over-5-percent,split-by-estimate")]
    [InlineData(94.9, "medium", "drift-over-5-percent,split-by-estimate")]
    [InlineData(125.1, "low", "drift-over-25-percent")]
    public void A_repository_row_is_high_within_five_percent(double billed, string confidence, string reasons) =>
        AssertGrade(new Scenario().Run(1, 60).Run(2, 40).Bill((decimal)billed, Names.Repository("acme/web")), confidence, reasons);

    [Fact]
    public void Automation_is_high_within_five_percent() =>
        AssertGrade(new Scenario().Run(1, 60).Run(2, 40).Bill(98, Names.AutomationWith(Sonnet)), "high", "split-by-estimate");

    [Fact]
    public void A_persons_row_is_shared_with_the_person() => AssertGrade(
        new Scenario().Run(1, 60, payer: Payer.User("alice")).Bill(60, Names.Person("alice", Sonnet)),
        "medium", "shared-bucket,split-by-estimate");

    [Fact]
    public void A_persons_capped_row_is_no_account_wide_bucket() => AssertGrade(
        new Scenario().Run(1, 60, payer: Payer.User("alice")).Bill(70, Names.Person("alice", Sonnet)),
        "medium", "shared-bucket,split-by-estimate");

    [Fact]
    public void One_slice_in_an_exclusive_complete_bucket_is_exact() =>
        AssertGrade(new Scenario().Run(1, 60).Bill(66, Names.Workflow(Triage)), "exact", "");

    [Fact]
    public void One_slice_whose_bill_is_far_from_its_estimate_is_not_exact() =>
        AssertGrade(new Scenario().Run(1, 60).Bill(90, Names.Workflow(Triage)), "low", "drift-over-25-percent");

    [Fact]
    public void A_declared_scope_makes_its_bucket_exclusive() => AssertGrade(
        new Scenario().Run(1, 60, payer: Payer.User("bot")).Bill(60, Names.Person("bot", Sonnet)).Exclusive(new ExclusiveScope { User = "bot" }),
        "exact", "");

    [Fact]
    public void A_declared_scope_says_nothing_of_other_rows() => AssertGrade(
        new Scenario().Run(1, 60, payer: Payer.User("bob")).Bill(60, Names.Person("bob", Sonnet)).Exclusive(new ExclusiveScope { User = "bot" }),
        "medium", "shared-bucket,split-by-estimate");

    [Fact]
    public void An_unknown_payer_is_low_even_in_an_exclusive_bucket() => AssertGrade(
        new Scenario().Run(1, 60, payer: Payer.Unknown).Bill(60, Names.Workflow(Triage)), "low", "payer-unknown");

    [Fact]
    public void A_cost_centre_that_configuration_does_not_know_keeps_a_wide_row_at_medium()
    {
        var names = Names.Model(Sonnet) with { CostCenter = Dimension.Value("Platform") };
        AssertGrade(
            new Scenario().Run(1, 60).Bill(60, names).Exclusive(new ExclusiveScope { CostCenter = "Platform" }),
            "medium", "cost-center-unknown");
    }

    [Fact]
    public void A_cost_centre_beside_a_repository_changes_no_grade()
    {
        var names = Names.Repository("acme/web") with { CostCenter = Dimension.Value("Platform") };
        AssertGrade(new Scenario().Run(1, 60).Run(2, 3).Bill(63, names), "high", "cost-center-unknown,split-by-estimate");
    }

    [Fact]
    public void Two_readings_of_the_cache_are_low()
    {
        var day = new Scenario().Run(1, 60).Bill(60, Names.Workflow(Triage)).Build();
        var unresolved = day with { Slices = [day.Slices[0] with { HighEstimatedAiCredits = 61 }] };

        var share = Assert.Single(DayReconciler.Reconcile(unresolved).Shares);
        Assert.Equal(Confidence.Low, share.Confidence);
        Assert.Equal(["cache-convention-unresolved"], share.Reasons);
    }

    [Theory]
    [InlineData(Confidence.Exact, 1000, 5000, 999, 1001)]
    [InlineData(Confidence.High, 1000, 5000, 950, 1050)]
    [InlineData(Confidence.Medium, 1000, 5000, 750, 1250)]
    [InlineData(Confidence.Medium, 1000, 1100, 750, 1100)]
    [InlineData(Confidence.Low, 1000, 5000, 0, 5000)]
    [InlineData(Confidence.High, -1000, -5000, -1050, -950)]
    [InlineData(Confidence.High, -1000, -1000, -1000, -950)]
    [InlineData(Confidence.Low, -1000, -5000, -5000, 0)]
    public void Bounds_follow_the_grade_and_never_leave_the_charge(Confidence confidence, long share, long charge, long low, long high) =>
        Assert.Equal((low, high), Grading.Bounds(share, charge, confidence));

    [Theory]
    [InlineData(1000, 100, 0, 0, true)]
    [InlineData(1001, 100, 0, 0, true)]
    [InlineData(1002, 100, 0, 0, false)]
    [InlineData(1000, 101, 0, 0, false)]
    public void Equal_token_counts_make_a_bucket_exclusive(long input, long output, long read, long write, bool isMatched)
    {
        var day = TokenScenario(new TokenCounts(1000, 100, 0), 12m, new BilledTokens(input, output, read, write)).Reconcile();

        Assert.Equal(isMatched, Assert.Single(day.Buckets).IsTokenMatched);
        var share = Assert.Single(day.Shares);
        Assert.Equal(isMatched ? AllocationMethod.ProRata : AllocationMethod.PricedWithinBill, share.Method);
        Assert.Equal(isMatched, share.Confidence == Confidence.Exact);
    }

    [Fact]
    public void An_input_column_that_holds_the_cached_tokens_is_told_by_the_gross()
    {
        // 100 fresh at 100 and 900 read at 10 USD a million are 1.9 credits; read as 1000 fresh it would be 10.9.
        var day = TokenScenario(new TokenCounts(100, 0, 900), 1.9m, new BilledTokens(1000, 0, 900, 0)).Reconcile();

        Assert.True(Assert.Single(day.Buckets).IsTokenMatched);
    }

    [Fact]
    public void A_row_with_more_cached_than_input_refutes_that_the_input_holds_it_however_well_other_rows_fit()
    {
        // The gross is a thousandth off; the other reading has nothing to say of this row and fits the second exactly.
        var day = TokenScenario(new TokenCounts(100, 0, 900), 1.901m, new BilledTokens(100, 0, 900, 0))
            .Bill(10, Names.Person("bob", Sonnet), tokens: new BilledTokens(1000, 0, 0, 0))
            .Reconcile();

        Assert.True(Assert.Single(day.Buckets, bucket => !bucket.Dimensions.User.IsNamed).IsTokenMatched);
    }

    [Fact]
    public void Columns_that_reproduce_no_gross_match_nothing()
    {
        var day = TokenScenario(new TokenCounts(100, 0, 900), 5m, new BilledTokens(1000, 0, 900, 0)).Reconcile();

        Assert.False(Assert.Single(day.Buckets).IsTokenMatched);
    }

    [Fact]
    public void Token_matched_with_a_silent_run_is_matched_and_incomplete()
    {
        var day = TokenScenario(new TokenCounts(1000, 100, 0), 12m, new BilledTokens(1000, 100, 0, 0)).SilentRun(9).Reconcile();

        var share = Assert.Single(day.Shares);
        Assert.Equal(AllocationMethod.Matched, share.Method);
        Assert.Equal(Confidence.Low, share.Confidence);
    }

    [Fact]
    public void One_bucket_grades_each_slice_by_what_is_unknown_of_it()
    {
        var names = Names.Model(Sonnet) with { CostCenter = Dimension.Value("Platform") };
        var day = new Scenario()
            .Run(1, 20).Run(2, 20, payer: Payer.Unknown).Run(3, 20).Run(4, 20).Run(5, 20)
            .Bill(100, names)
            .Build();
        var known = day with
        {
            Slices =
            [
                day.Slices[0] with { CostCenter = "Platform" }, day.Slices[1] with { CostCenter = "Platform" },
                day.Slices[2] with { CostCenter = "Platform", HighEstimatedAiCredits = 21 }, day.Slices[3],
                day.Slices[4] with { CostCenter = "Platform", IsOfWithdrawnRelease = true },
            ],
        };

        Assert.Equal(
            [
                "shared-bucket,split-by-estimate",
                "payer-unknown,shared-bucket,split-by-estimate",
                "cache-convention-unresolved,shared-bucket,split-by-estimate",
                "cost-center-unknown,shared-bucket,split-by-estimate",
                "shared-bucket,split-by-estimate,withdrawn-release",
            ],
            DayReconciler.Reconcile(known).Shares.Select(share => string.Join(',', share.Reasons)));
    }

    [Fact]
    public void Unpriced_usage_in_the_bucket_is_named() => Assert.Contains(
        "unpriced-usage",
        new Scenario().Run(1, 60).Run(2, null, "nova-9").Bill(60, Names.Workflow(Triage)).Reconcile().Shares.Single().Reasons);

    private static Scenario TokenScenario(TokenCounts ours, decimal grossCredits, BilledTokens billed)
    {
        var prices = new PriceBook(
            new ModelNames([]),
            [new PriceRow(Channel.Copilot, Sonnet, null, null, 0, new UnitPrices(100, 200, 10, 125, null), "test", default, true)],
            [], "test");
        var credits = (ours.Input * 100m) + (ours.Output * 200m) + (ours.CacheRead * 10m);
        return new Scenario { Prices = prices }
            .Run(1, credits / 10_000m, tokens: ours)
            .Bill(grossCredits, Names.Model(Sonnet), tokens: billed);
    }

    private static void AssertGrade(Scenario scenario, string confidence, string reasons)
    {
        var shares = scenario.Reconcile().Shares;
        Assert.NotEmpty(shares);
        Assert.All(shares, share =>
        {
            Assert.Equal(confidence, share.Confidence.ToString().ToLowerInvariant());
            Assert.Equal(reasons, string.Join(',', share.Reasons));
        });
    }

    [Theory]
    [InlineData(false, Confidence.Exact)]
    [InlineData(true, Confidence.Medium)]
    public void A_run_by_a_withdrawn_release_is_at_most_of_medium_confidence(bool isWithdrawn, Confidence expected)
    {
        var day = new Scenario().Run(1, 40).Bill(40, Names.Workflow(".github/workflows/triage.lock.yml")).Build();
        var share = Assert.Single(DayReconciler.Reconcile(day with
        {
            Slices = [.. day.Slices.Select(slice => slice with { IsOfWithdrawnRelease = isWithdrawn })],
        }).Shares);

        Assert.Equal(expected, share.Confidence);
        Assert.Equal(isWithdrawn, share.Reasons.Contains("withdrawn-release", StringComparer.Ordinal));
    }

    [Fact]
    public void A_withdrawn_release_raises_no_low_confidence()
    {
        var day = new Scenario().Run(1, 40).Bill(80, Names.Workflow(".github/workflows/triage.lock.yml")).Build();
        var share = Assert.Single(DayReconciler.Reconcile(day with
        {
            Slices = [.. day.Slices.Select(slice => slice with { IsOfWithdrawnRelease = true })],
        }).Shares);

        Assert.Equal(Confidence.Low, share.Confidence);
        Assert.Equal(["drift-over-25-percent", "withdrawn-release"], share.Reasons);
    }
}
