using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;
using static TokenLedger.Domain.Tests.Reconciliation.Scenario;

namespace TokenLedger.Domain.Tests.Reconciliation;

/// <summary>The cases a person can check with a pencil.</summary>
public sealed class WorkedExampleTests
{
    private const string Sonnet = "claude-sonnet-5";
    private const string Triage = ".github/workflows/triage.lock.yml";

    [Fact]
    public void A_slice_billed_by_a_repository_row_and_an_organisation_row_never_gets_more_than_its_estimate()
    {
        var day = new Scenario()
            .Run(1, 100, repository: "acme/web")
            .Run(2, 50, repository: "acme/api")
            .Bill(80, Names.Repository("acme/web"), id: "repository")
            .Bill(500, Names.Model(Sonnet), id: "organisation")
            .Reconcile();

        // The repository row gives run 1 its 80; of the organisation row it may only have the 20 that are left.
        Assert.Equal(80, Billed(day, 1, "repository"));
        Assert.Equal(20, Billed(day, 1, "organisation"));
        Assert.Equal(100, Billed(day, 1));
        Assert.Equal(50, Billed(day, 2));
        Assert.Equal(430, Rest(day, UnallocatedReason.OtherUsage));
    }

    [Fact]
    public void A_bill_by_token_kind_is_split_kind_by_kind()
    {
        var output = new ChargeDimensions { TokenKind = TokenKind.Output };
        var read = new ChargeDimensions { TokenKind = TokenKind.CacheRead };
        var day = new Scenario()
            .Run(1, null, kinds: new KindCredits(0, 50, 10, 0, 0))
            .Run(2, null, kinds: new KindCredits(0, 10, 50, 0, 0))
            .Bill(66, output)
            .Bill(60, read)
            .Exclusive(new ExclusiveScope())
            .Reconcile();

        Assert.Equal(65, Billed(day, 1));
        Assert.Equal(61, Billed(day, 2));
        Assert.Empty(day.Unallocated);
        Assert.All(day.Shares, share => Assert.Equal(AllocationMethod.ProRata, share.Method));
    }

    [Fact]
    public void A_bill_by_token_kind_in_a_shared_bucket_stops_at_the_estimate_of_the_kind()
    {
        var day = new Scenario()
            .Run(1, null, kinds: new KindCredits(0, 50, 10, 0, 0))
            .Run(2, null, kinds: new KindCredits(0, 10, 50, 0, 0))
            .Bill(66, new ChargeDimensions { TokenKind = TokenKind.Output })
            .Bill(60, new ChargeDimensions { TokenKind = TokenKind.CacheRead })
            .Reconcile();

        Assert.Equal(60, Billed(day, 1));
        Assert.Equal(60, Billed(day, 2));
        Assert.Equal(6, Rest(day, UnallocatedReason.OtherUsage));
    }

    [Fact]
    public void What_a_row_without_a_kind_gives_is_taken_from_every_kind()
    {
        var day = new Scenario()
            .Run(1, null, repository: "acme/web", kinds: new KindCredits(0, 60, 40, 0, 0))
            .Bill(50, Names.Repository("acme/web") with { Model = Dimension.Value(Sonnet) }, id: "narrow")
            .Bill(100, new ChargeDimensions { TokenKind = TokenKind.Output }, id: "output")
            .Reconcile();

        // Half of each kind went to the narrow row: 30 of 60 output credits are left.
        Assert.Equal(50, Billed(day, 1, "narrow"));
        Assert.Equal(30, Billed(day, 1, "output"));
    }

    [Fact]
    public void An_Anthropic_key_run_beside_a_Copilot_run_of_the_same_model_and_day_never_touches_its_bill()
    {
        var day = new Scenario()
            .Run(1, 40, Sonnet)
            .Run(2, 60, Sonnet, channel: Channel.Anthropic, payer: Payer.Key)
            .Bill(90, Names.Model(Sonnet))
            .Reconcile();

        Assert.Equal(40, Billed(day, 1));
        Assert.DoesNotContain(day.Shares, share => share.Slice.Run.Key.RunId == 2);
        Assert.Equal(50, Rest(day, UnallocatedReason.OtherUsage));
    }

    [Fact]
    public void Somebodys_chat_in_the_bill_inflates_no_run()
    {
        var day = new Scenario()
            .Run(1, 30).Run(2, 10)
            .Bill(100, Names.Model(Sonnet))
            .Reconcile();

        Assert.Equal(30, Billed(day, 1));
        Assert.Equal(10, Billed(day, 2));
        Assert.Equal(60, Rest(day, UnallocatedReason.OtherUsage));
        Assert.All(day.Shares, share =>
        {
            Assert.Equal(AllocationMethod.PricedWithinBill, share.Method);
            Assert.Equal(Confidence.Low, share.Confidence);
            Assert.Contains("capped-in-account-wide-bucket", share.Reasons);
        });
    }

    [Fact]
    public void A_bill_smaller_than_the_estimates_is_shared_by_them()
    {
        var day = new Scenario().Run(1, 30).Run(2, 10).Bill(36, Names.Model(Sonnet)).Reconcile();

        Assert.Equal(27, Billed(day, 1));
        Assert.Equal(9, Billed(day, 2));
        Assert.Empty(day.Unallocated);
    }

    [Fact]
    public void An_empty_user_is_the_organisation_and_not_a_persons_run()
    {
        var day = new Scenario()
            .Run(1, 40, payer: Payer.Organization)
            .Run(2, 40, payer: Payer.User("alice"))
            .Run(3, 40, payer: Payer.Unknown)
            .Bill(100, Names.AutomationWith(Sonnet), id: "nobody")
            .Bill(35, Names.Person("Alice", Sonnet), id: "alice")
            .Reconcile();

        Assert.Equal(40, Billed(day, 1, "nobody"));
        Assert.Equal(40, Billed(day, 3, "nobody"));
        Assert.Equal(35, Billed(day, 2));
        Assert.Equal(0, Billed(day, 2, "nobody"));
        Assert.Contains("payer-unknown", day.Shares.Single(share => share.Slice.Run.Key.RunId == 3).Reasons);
        Assert.Equal(Confidence.Low, day.Shares.Single(share => share.Slice.Run.Key.RunId == 3).Confidence);
    }

    [Fact]
    public void A_run_paid_by_a_user_matches_its_users_row_whatever_organisation_granted_the_seat()
    {
        var names = Names.Person("alice", Sonnet) with { Organization = Dimension.Value("other-org") };
        var day = new Scenario().Run(1, 40, payer: Payer.User("alice")).Bill(40, names).Reconcile();

        Assert.Equal(40, Billed(day, 1));
    }

    [Fact]
    public void A_run_of_one_organisation_gets_nothing_of_another_organisations_automation()
    {
        var names = Names.AutomationWith(Sonnet) with { Organization = Dimension.Value("other-org") };
        var day = new Scenario().Run(1, 40).Bill(40, names).Reconcile();

        Assert.Equal(40, Rest(day, UnallocatedReason.NoTelemetry));
    }

    [Fact]
    public void A_run_without_a_log_is_named_and_nobody_else_pays_for_it()
    {
        var day = new Scenario()
            .Run(1, 40)
            .SilentRun(2)
            .Bill(100, Names.Workflow(Triage))
            .Reconcile();

        Assert.Equal(40, Billed(day, 1));
        var rest = Assert.Single(day.Unallocated);
        Assert.Equal(UnallocatedReason.RunsWithoutTelemetry, rest.Reason);
        Assert.Equal(2, Assert.Single(rest.Runs).RunId);
        Assert.Equal(Confidence.Low, day.Shares[0].Confidence);
        Assert.Contains("runs-without-telemetry", day.Shares[0].Reasons);
    }

    [Fact]
    public void A_workflow_row_whose_runs_are_all_known_is_taken_whole()
    {
        var day = new Scenario().Run(1, 30).Run(2, 10).Bill(42, Names.Workflow(Triage)).Reconcile();

        Assert.Equal(31.5m, Billed(day, 1));
        Assert.Equal(10.5m, Billed(day, 2));
        Assert.All(day.Shares, share =>
        {
            Assert.Equal(AllocationMethod.ProRata, share.Method);
            Assert.Equal(Confidence.High, share.Confidence);
        });
    }

    [Fact]
    public void Gross_200_with_net_50_reaches_every_run_by_its_gross_share()
    {
        var day = new Scenario()
            .Run(1, 120).Run(2, 40)
            .Bill(200, Names.Model(Sonnet), netCredits: 50)
            .Reconcile();

        Assert.Equal(120, Billed(day, 1));
        Assert.Equal(30_000_000_000, day.Shares.Single(share => share.Slice.Run.Key.RunId == 1).NetNanoCredits);
        Assert.Equal(10_000_000_000, day.Shares.Single(share => share.Slice.Run.Key.RunId == 2).NetNanoCredits);
        Assert.Equal(10_000_000_000, Assert.Single(day.Unallocated).NetNanoCredits);
    }

    [Fact]
    public void An_unknown_net_stays_unknown()
    {
        var day = new Scenario().Run(1, 120).Bill(200, Names.Model(Sonnet)).Reconcile();

        Assert.Null(day.Shares[0].NetNanoCredits);
        Assert.Null(day.Unallocated[0].NetNanoCredits);
    }

    [Fact]
    public void A_net_without_any_gross_is_kept_as_unallocated()
    {
        var day = new Scenario().Run(1, 120).Bill(0, Names.Model(Sonnet), netCredits: 7).Reconcile();

        Assert.Equal(0, day.Shares[0].GrossNanoCredits);
        Assert.Equal(0, day.Shares[0].NetNanoCredits);
        Assert.Equal(7_000_000_000, Assert.Single(day.Unallocated).NetNanoCredits);
    }

    [Fact]
    public void A_refund_is_given_back_to_those_who_were_charged()
    {
        var day = new Scenario()
            .Run(1, 30).Run(2, 10)
            .Bill(50, Names.Model(Sonnet), id: "a-charge")
            .Bill(-10, Names.Model(Sonnet), id: "b-refund")
            .Reconcile();

        Assert.Equal(30, Billed(day, 1));
        Assert.Equal(10, Billed(day, 2));
        Assert.Equal(-7.5m, Billed(day, 1, "b-refund"));
        Assert.Equal(37.5m, Billed(day, 1, "a-charge"));
        Assert.Empty(day.Unallocated);
    }

    [Fact]
    public void A_refund_makes_no_room_for_other_money()
    {
        var day = new Scenario()
            .Run(1, 30, repository: "acme/web")
            .Bill(-10, Names.Repository("acme/web"), id: "refund")
            .Bill(100, new ChargeDimensions(), id: "wide")
            .Reconcile();

        Assert.Equal(-10, Billed(day, 1, "refund"));
        Assert.Equal(30, Billed(day, 1, "wide"));
    }

    [Fact]
    public void One_unpriced_model_in_an_exclusive_bucket_is_split_by_token_equivalents()
    {
        var day = new Scenario()
            .Run(1, null, "nova-9", tokens: new TokenCounts(1000, 100, 0))
            .Run(2, null, "nova-9", tokens: new TokenCounts(0, 0, 5000, 800))
            .Bill(60, Names.Workflow(Triage))
            .Reconcile();

        // 1000 + 5 × 100 = 1500 and 0.1 × 5000 + 1.25 × 800 = 1500.
        Assert.Equal(30, Billed(day, 1));
        Assert.Equal(30, Billed(day, 2));
        Assert.All(day.Shares, share => Assert.Equal(AllocationMethod.ByTokens, share.Method));
        Assert.All(day.Shares, share => Assert.Equal(Confidence.Low, share.Confidence));
    }

    [Fact]
    public void Two_unpriced_models_in_an_exclusive_bucket_are_not_guessed_apart()
    {
        var day = new Scenario()
            .Run(1, null, "nova-9").Run(2, null, "nova-8")
            .Bill(60, Names.Workflow(Triage))
            .Reconcile();

        Assert.Empty(day.Shares);
        var rest = Assert.Single(day.Unallocated);
        Assert.Equal(UnallocatedReason.UnpricedUsage, rest.Reason);
        Assert.Equal([1L, 2L], rest.Runs.Select(run => run.RunId));
    }

    [Fact]
    public void An_unpriced_model_in_a_shared_bucket_stays_unknown()
    {
        var day = new Scenario().Run(1, null, "nova-9").Bill(60, Names.Model("nova-9")).Reconcile();

        Assert.Empty(day.Shares);
        Assert.Equal(60, Rest(day, UnallocatedReason.UnpricedUsage));
    }

    [Fact]
    public void Priced_and_unpriced_usage_in_an_exclusive_bucket_stops_at_the_estimate()
    {
        var day = new Scenario().Run(1, 20).Run(2, null, "nova-9").Bill(60, Names.Workflow(Triage)).Reconcile();

        Assert.Equal(20, Billed(day, 1));
        Assert.Equal(40, Rest(day, UnallocatedReason.UnpricedUsage));
    }

    [Fact]
    public void A_charge_that_no_slice_matches_has_no_telemetry()
    {
        var day = new Scenario().Run(1, 20).Bill(60, Names.Model("gpt-5-5")).Reconcile();

        Assert.Equal(60, Rest(day, UnallocatedReason.NoTelemetry));
    }

    [Fact]
    public void Slices_worth_nothing_leave_the_charge_unallocated()
    {
        var day = new Scenario().Run(1, 0).Bill(60, Names.Workflow(Triage)).Reconcile();

        Assert.Equal(60, Rest(day, UnallocatedReason.ZeroWeight));
    }

    [Fact]
    public void What_narrower_rows_have_covered_leaves_the_wider_row_to_other_usage()
    {
        var day = new Scenario()
            .Run(1, 20)
            .Bill(20, Names.Repository("acme/web"), id: "narrow")
            .Bill(60, Names.Model(Sonnet) with { }, id: "wide")
            .Bill(5, new ChargeDimensions(), id: "widest")
            .Reconcile();

        Assert.Equal(20, Billed(day, 1));
        Assert.Equal(65, Rest(day, UnallocatedReason.OtherUsage));
    }

    [Theory]
    [InlineData(ChargeCategory.CodeReview, UnallocatedReason.NotAgentUsage)]
    [InlineData(ChargeCategory.CloudAgent, UnallocatedReason.NotAgentUsage)]
    [InlineData(ChargeCategory.Spark, UnallocatedReason.NotAgentUsage)]
    [InlineData(ChargeCategory.Seats, UnallocatedReason.NotAgentUsage)]
    [InlineData(ChargeCategory.Other, UnallocatedReason.NotAgentUsage)]
    [InlineData(ChargeCategory.ActionsMinutes, UnallocatedReason.NoJobMinutes)]
    public void What_is_no_agent_usage_is_never_spread_over_runs(ChargeCategory category, UnallocatedReason reason)
    {
        var day = new Scenario().Run(1, 20).Bill(60, category: category, netCredits: 6).Reconcile();

        Assert.Empty(day.Shares);
        Assert.Equal(60, Rest(day, reason));
        Assert.Equal(6_000_000_000, day.Unallocated[0].NetNanoCredits);
    }
}
