using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;
using static TokenLedger.Domain.Tests.Reconciliation.Scenario;

namespace TokenLedger.Domain.Tests.Reconciliation;

public sealed class ViewTests
{
    private const string Sonnet = "claude-sonnet-5";

    public static TheoryData<BillView, BillView> RankedPairs()
    {
        var data = new TheoryData<BillView, BillView>();
        BillView[] ranked =
        [
            BillView.AiCreditReport, BillView.DetailedReportByWorkflow, BillView.AiCreditUsage, BillView.DetailedReport,
            BillView.Usage, BillView.UsageSummary,
        ];
        for (var i = 0; i + 1 < ranked.Length; i++)
            data.Add(ranked[i], ranked[i + 1]);
        return data;
    }

    [Theory]
    [MemberData(nameof(RankedPairs))]
    public void The_better_view_is_the_basis_and_the_other_only_checks_it(BillView better, BillView other)
    {
        var day = new Scenario()
            .Run(1, 100)
            .Bill(50, Names.Model(Sonnet), view: better, id: "better")
            .Bill(50, Names.Model(Sonnet), view: other, id: "other")
            .Reconcile();

        Assert.Equal(ChargeRole.Basis, day.Charges.Single(row => row.Charge.Id == "better").Role);
        Assert.Equal(ChargeRole.Check, day.Charges.Single(row => row.Charge.Id == "other").Role);
        Assert.Equal(50, Billed(day, 1));
        Assert.DoesNotContain(day.Notices, notice => notice.Code == "views-disagree");
    }

    [Fact]
    public void Line_items_that_are_not_understood_are_one_notice_with_their_money_and_no_run_gets_any()
    {
        var day = new Scenario()
            .Run(1, 50, "gpt-5-6-sol", channel: Channel.OpenAI)
            .Bill(20, Names.Model("gpt-5-6-sol"), view: BillView.OrganizationCosts, family: SkuFamily.Tokens, channel: Channel.OpenAI)
            .Bill(10, view: BillView.OrganizationCosts, family: SkuFamily.Tokens, category: ChargeCategory.Other, channel: Channel.OpenAI)
            .Bill(-4.5m, view: BillView.OrganizationCosts, family: SkuFamily.Tokens, category: ChargeCategory.Other, channel: Channel.OpenAI)
            .Bill(7, view: BillView.OrganizationCosts, family: SkuFamily.Other, category: ChargeCategory.Other, channel: Channel.OpenAI)
            .Reconcile();

        var notice = Assert.Single(day.Notices);
        Assert.Equal("unmapped-line-items", notice.Code);
        Assert.Equal("Line items that are not understood: 1. No run gets any of their 0.055 USD.", notice.Message);
        Assert.Equal(20, Billed(day, 1));
        Assert.Equal(12_500_000_000, day.Unallocated.Sum(part => part.GrossNanoCredits));
    }

    [Fact]
    public void Line_items_of_a_view_that_only_checks_are_no_notice()
    {
        var day = new Scenario()
            .Bill(10, view: BillView.Focus, family: SkuFamily.Tokens, channel: Channel.OpenAI)
            .Bill(10, view: BillView.OrganizationCosts, family: SkuFamily.Tokens, category: ChargeCategory.Other, channel: Channel.OpenAI)
            .Reconcile();

        Assert.DoesNotContain(day.Notices, notice => notice.Code == "unmapped-line-items");
    }

    [Fact]
    public void A_disagreement_names_both_figures_and_lowers_the_grade()
    {
        var day = new Scenario()
            .Run(1, 50)
            .Bill(50, Names.Model(Sonnet))
            .Bill(60, Names.Model(Sonnet), view: BillView.AiCreditUsage)
            .Reconcile();

        var notice = Assert.Single(day.Notices, notice => notice.Code == "views-disagree");
        Assert.Contains("50", notice.Message);
        Assert.Contains("60", notice.Message);
        Assert.Contains("views-disagree", Assert.Single(day.Shares).Reasons);
        Assert.Equal(Confidence.Low, day.Shares[0].Confidence);
    }

    [Theory]
    [InlineData(100, 101, false)]
    [InlineData(100, 101.5, true)]
    [InlineData(10000, 10009, false)]
    [InlineData(10000, 10011, true)]
    public void Views_may_differ_by_a_credit_or_a_thousandth(double basis, double check, bool disagree)
    {
        var day = new Scenario()
            .Bill((decimal)basis, Names.Model(Sonnet))
            .Bill((decimal)check, Names.Model(Sonnet), view: BillView.AiCreditUsage)
            .Reconcile();

        Assert.Equal(disagree, day.Notices.Any(notice => notice.Code == "views-disagree"));
    }

    [Fact]
    public void Views_are_compared_where_both_name_the_same()
    {
        var day = new Scenario()
            .Bill(30, Names.AutomationWith(Sonnet)).Bill(20, Names.Person("alice", Sonnet))
            .Bill(50, Names.Model(Sonnet), view: BillView.AiCreditUsage)
            .Bill(50, view: BillView.UsageSummary)
            .Reconcile();

        Assert.Empty(day.Notices);
    }

    [Fact]
    public void Money_that_moved_between_models_is_a_disagreement_though_the_totals_agree()
    {
        var day = new Scenario()
            .Bill(30, Names.Model(Sonnet)).Bill(20, Names.Model("gpt-5-5"))
            .Bill(20, Names.Model(Sonnet), view: BillView.AiCreditUsage)
            .Bill(30, Names.Model("gpt-5-5"), view: BillView.AiCreditUsage)
            .Reconcile();

        Assert.Contains(day.Notices, notice => notice.Code == "views-disagree");
    }

    [Fact]
    public void An_empty_better_view_does_not_hide_the_money_of_another()
    {
        var day = new Scenario()
            .Run(1, 10)
            .EmptyBill(BillView.AiCreditUsage)
            .Bill(10, view: BillView.Usage)
            .Reconcile();

        Assert.Equal(10, Billed(day, 1));
        Assert.Contains(day.Notices, notice => notice.Code == "views-disagree");
    }

    [Fact]
    public void What_no_user_spent_of_the_total_is_automation_and_not_more_money()
    {
        var day = new Scenario()
            .Run(1, 50, payer: Payer.Organization)
            .Run(2, 50, payer: Payer.User("alice"))
            .Bill(100, Names.Model(Sonnet), view: BillView.AiCreditUsage, netCredits: 10, id: "total")
            .Bill(30, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage, netCredits: 3, filter: "user=alice", id: "alice")
            .Bill(25, Names.Person("bob", Sonnet), view: BillView.AiCreditUsage, netCredits: 2.5m, filter: "user=bob", id: "bob")
            .Reconcile();

        var basis = day.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge).ToList();
        Assert.Equal(100_000_000_000, basis.Sum(charge => charge.GrossNanoCredits));
        Assert.Equal(10_000_000_000, basis.Sum(charge => charge.NetNanoCredits));
        var automation = Assert.Single(basis, charge => charge.Dimensions.User.State == DimensionState.Nobody);
        Assert.Equal(45_000_000_000, automation.GrossNanoCredits);
        Assert.Equal(45, Billed(day, 1));
        Assert.Equal(30, Billed(day, 2));
        Assert.Equal(25, Rest(day, UnallocatedReason.NoTelemetry));
        Assert.Equal(day.Charges.Count, day.Charges.DistinctBy(row => row.Charge.Id).Count());
    }

    [Fact]
    public void Users_that_exceed_the_total_leave_the_total_as_the_basis()
    {
        var day = new Scenario()
            .Bill(100, Names.Model(Sonnet), view: BillView.AiCreditUsage, id: "total")
            .Bill(130, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage, filter: "user=alice", id: "alice")
            .Reconcile();

        Assert.Equal("total", Assert.Single(day.Charges, row => row.Role == ChargeRole.Basis).Charge.Id);
        Assert.Contains(day.Notices, notice => notice.Code == "users-exceed-total");
    }

    [Fact]
    public void A_total_in_two_rows_of_one_model_is_never_less_its_users_twice()
    {
        var day = new Scenario()
            .Bill(60, Names.Model(Sonnet), view: BillView.AiCreditUsage, id: "total-1")
            .Bill(40, Names.Model(Sonnet), view: BillView.AiCreditUsage, id: "total-2")
            .Bill(30, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage, filter: "user=alice", id: "alice")
            .Reconcile();

        var basis = day.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge).ToList();
        Assert.Equal(["total-1", "total-2"], basis.Select(charge => charge.Id));
        Assert.Contains(day.Notices, notice => notice.Code == "users-exceed-total");
    }

    [Fact]
    public void A_users_row_of_a_model_the_total_does_not_know_leaves_the_total_as_the_basis()
    {
        var day = new Scenario()
            .Bill(100, Names.Model(Sonnet), view: BillView.AiCreditUsage, id: "total")
            .Bill(30, Names.Person("alice", "gpt-5-5"), view: BillView.AiCreditUsage, filter: "user=alice", id: "alice")
            .Reconcile();

        Assert.Equal("total", Assert.Single(day.Charges, row => row.Role == ChargeRole.Basis).Charge.Id);
        Assert.Contains(day.Notices, notice => notice.Code == "users-exceed-total");
    }

    [Fact]
    public void Parts_without_a_whole_are_the_basis_and_said_to_be_parts()
    {
        var day = new Scenario()
            .Run(2, 50, payer: Payer.User("alice"))
            .Bill(30, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage, filter: "user=alice")
            .Reconcile();

        Assert.Equal(30, Billed(day, 2));
        Assert.Contains(day.Notices, notice => notice.Code == "partial-bill");
    }

    [Fact]
    public void Of_parts_without_a_whole_the_wider_is_the_basis()
    {
        var day = new Scenario()
            .Bill(90, Names.Model(Sonnet), view: BillView.AiCreditUsage, filter: "organization=acme", id: "wide")
            .Bill(
                30, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage,
                filter: "organization=acme&user=alice", id: "narrow")
            .Reconcile();

        Assert.Equal("wide", Assert.Single(day.Charges, row => row.Role == ChargeRole.Basis).Charge.Id);
    }

    [Theory]
    [InlineData("acme/web", true)]
    [InlineData(null, false)]
    public void A_part_is_compared_only_where_every_row_of_the_basis_names_what_it_was_asked_by(
        string? otherRepository, bool disagree)
    {
        var day = new Scenario()
            .Bill(30, new() { Repository = Dimension.Value("acme/api"), Model = Dimension.Value(Sonnet) })
            .Bill(70, new() { Repository = Dimension.ValueOrNotNamed(otherRepository), Model = Dimension.Value(Sonnet) })
            .Bill(
                40, new() { Repository = Dimension.Value("acme/api"), Model = Dimension.Value(Sonnet) },
                view: BillView.AiCreditUsage, filter: "repository=acme/api")
            .Reconcile();

        Assert.Equal(disagree, day.Notices.Any(notice => notice.Code == "views-disagree"));
    }

    [Fact]
    public void A_whole_view_of_a_lesser_rank_outranks_parts_of_a_better_one()
    {
        var day = new Scenario()
            .Bill(30, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage, filter: "user=alice", id: "part")
            .Bill(80, view: BillView.UsageSummary, id: "whole")
            .Reconcile();

        Assert.Equal("whole", Assert.Single(day.Charges, row => row.Role == ChargeRole.Basis).Charge.Id);
    }

    [Fact]
    public void Families_have_a_basis_each_and_are_not_compared_with_one_another()
    {
        var day = new Scenario()
            .Bill(30, Names.Model(Sonnet), id: "credits")
            .Bill(80, view: BillView.Usage, family: SkuFamily.ActionsMinutes, category: ChargeCategory.ActionsMinutes, id: "minutes")
            .Bill(30, view: BillView.Usage, id: "check")
            .Reconcile();

        Assert.Equal(
            ["credits", "minutes"],
            day.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge.Id));
        Assert.Empty(day.Notices);
        Assert.Equal(80, Rest(day, UnallocatedReason.NoJobMinutes));
    }

    [Fact]
    public void A_row_of_a_family_that_its_view_should_not_have_is_still_money()
    {
        var day = new Scenario()
            .Bill(30, Names.Model(Sonnet), id: "credits")
            .Bill(7, family: SkuFamily.Other, category: ChargeCategory.Other, id: "stray")
            .Reconcile();

        Assert.Equal(["credits", "stray"], day.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge.Id));
        Assert.Equal(7, Rest(day, UnallocatedReason.NotAgentUsage));
    }

    [Fact]
    public void A_disagreement_is_told_with_the_views_the_place_and_both_figures()
    {
        var day = new Scenario()
            .Bill(50, Names.Model(Sonnet)).Bill(3, Names.Model(Sonnet))
            .Bill(60, Names.Model(Sonnet), view: BillView.AiCreditUsage)
            .Bill(53, view: BillView.UsageSummary)
            .Bill(90, view: BillView.Usage)
            .Reconcile();

        Assert.Equal(
            [
                "AiCreditReport says 53.000000000 AI credits for =claude-sonnet-5, AiCreditUsage says 60.000000000.",
                "AiCreditReport says 53.000000000 AI credits, Usage says 90.000000000.",
            ],
            day.Notices.Select(notice => notice.Message));
    }

    [Fact]
    public void A_part_that_the_total_contradicts_is_told_with_what_it_was_asked_by()
    {
        var day = new Scenario()
            .Bill(50, Names.Person("alice", Sonnet)).Bill(9, Names.Person("bob", Sonnet))
            .Bill(70, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage, filter: "user=alice")
            .Reconcile();

        var notice = Assert.Single(day.Notices);
        Assert.Contains("AiCreditUsage (user=alice) says 70", notice.Message);
        Assert.Contains("=alice", notice.Message);
    }

    [Fact]
    public void Automation_keeps_the_quantity_that_is_left_and_an_id_of_its_own()
    {
        var scenario = new Scenario()
            .Bill(100, Names.Model(Sonnet), view: BillView.AiCreditUsage, id: "total")
            .Bill(30, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage, filter: "user=alice", id: "alice")
            .Build();
        var counted = scenario with
        {
            Observations = [.. scenario.Observations.Select(seen => seen with
            {
                Charges = [.. seen.Charges.Select(charge => charge with { Quantity = charge.GrossNanoCredits })],
            })],
        };

        var automation = Assert.Single(
            DayReconciler.Reconcile(counted).Charges, row => row.Charge.Dimensions.User.State == DimensionState.Nobody);
        Assert.Equal("total-automation", automation.Charge.Id);
        Assert.Equal(70_000_000_000m, automation.Charge.Quantity);
    }

    [Fact]
    public void Why_the_total_alone_is_used_is_said()
    {
        var exceeded = new Scenario()
            .Bill(100, Names.Model(Sonnet), view: BillView.AiCreditUsage)
            .Bill(130, Names.Person("alice", Sonnet), view: BillView.AiCreditUsage, filter: "user=alice")
            .Reconcile();

        Assert.Contains(
            "The users' rows of copilot_ai_credit claude-sonnet-5 are more than the total; the total alone is used.",
            exceeded.Notices.Select(notice => notice.Message));
    }
}
