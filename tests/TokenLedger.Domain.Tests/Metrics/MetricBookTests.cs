using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Metrics;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;
using static TokenLedger.Domain.Tests.Metrics.MetricWorld;

namespace TokenLedger.Domain.Tests.Metrics;

public sealed class MetricBookTests
{
    [Fact]
    public void Names_are_unique_and_every_metric_has_a_formula()
    {
        Assert.Equal(
            MetricBook.All.Count,
            MetricBook.All.Select(metric => metric.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(MetricBook.All, metric => Assert.NotEmpty(metric.Formula));
    }

    [Fact]
    public void Nothing_at_all_has_sums_of_0_and_no_ratio()
    {
        var world = new MetricWorld();

        Assert.Equal(0m, world.Figure("spend").Value);
        Assert.Equal(
            (null, MetricFigure.Nothing),
            (world.Figure("cost-per-accepted-pull-request").Value,
                world.Figure("cost-per-accepted-pull-request").UnknownBecause));
        Assert.Null(world.Figure("success-rate").Value);
    }

    [Fact]
    public void A_pull_request_of_two_runs_over_two_days_costs_both()
    {
        var world = new MetricWorld()
            .Run(1).Run(2)
            .Spend(1, 3m).Spend(2, 2m, day: Monday.AddDays(1))
            .Link(1, WorkRelation.Created, 12).Link(2, WorkRelation.WorkedOn, 12)
            .Outcome(12, OutcomeState.Merged, lines: 20);

        Assert.Equal(5m, world.Figure("cost-per-accepted-pull-request").Value);
        Assert.Equal(0.25m, world.Figure("cost-per-line-changed").Value);
        Assert.Equal(4m, world.Figure("median-time-to-merge").Value);
        Assert.Equal(
            2m, world.Figure("cost-per-accepted-pull-request", MetricGrouping.Day, "2026-11-17").Value);
    }

    [Fact]
    public void One_run_on_two_pull_requests_is_shared_and_in_neither()
    {
        var world = new MetricWorld()
            .Run(1).Run(2)
            .Spend(1, 3m).Spend(2, 1m)
            .Link(1, WorkRelation.Created, 12, 13).Link(2, WorkRelation.Created, 14)
            .Outcome(12, OutcomeState.Merged).Outcome(13, OutcomeState.Reverted).Outcome(14, OutcomeState.Closed);

        var accepted = world.Figure("cost-per-accepted-pull-request");

        Assert.Equal((4m, 4m, 1m), (accepted.Value, accepted.Numerator, accepted.Denominator));
        Assert.Equal([("one-pull-request", 1m), ("shared", 3m)], Parts(accepted));
        Assert.Equal(2m, world.Figure("cost-per-merged-pull-request").Value);
        Assert.Equal(0m, world.Figure("cost-per-reverted-pull-request").Value);
        Assert.Equal(
            [("failed", 0m), ("cancelled", 0m), ("timed-out", 0m), ("closed-unmerged", 1m), ("reverted", 0m)],
            Parts(world.Figure("wasted-spend")));
    }

    [Fact]
    public void What_became_of_a_pull_request_must_be_known()
    {
        var world = new MetricWorld()
            .Run(1).Run(2).Spend(1, 3m).Spend(2, 1m)
            .Link(1, WorkRelation.Created, 12).Link(2, WorkRelation.Created, 13).Outcome(12, OutcomeState.Merged);

        var accepted = world.Figure("cost-per-accepted-pull-request");

        Assert.Equal((null, 4m, 1m, MetricFigure.NoOutcome),
            (accepted.Value, accepted.Numerator, accepted.Denominator, accepted.UnknownBecause));
    }

    [Fact]
    public void Usage_without_a_price_makes_money_unknown_and_not_0()
    {
        var spend = new MetricWorld().Run(1).Spend(1, 3m).Spend(1, null, SpendState.Unpriced).Figure("spend");

        Assert.Equal((null, 3m, MetricFigure.Unpriced), (spend.Value, spend.Numerator, spend.UnknownBecause));
    }

    [Fact]
    public void Money_tells_how_it_is_known()
    {
        var money = new MetricWorld().Run(1)
            .Spend(1, 3m).Spend(1, 0.5m, SpendState.Provisional).Spend(1, 0.25m, SpendState.Estimated)
            .Spend(1, 0.25m, SpendState.NoBillSource).Figure("spend").Money!.Value;

        Assert.Equal(
            (75m, 12.5m, 12.5m), (money.SettledPercent, money.ProvisionalPercent, money.EstimatedPercent));
    }

    [Fact]
    public void Waste_counts_a_run_once_under_its_first_reason()
    {
        var world = new MetricWorld()
            .Run(1, "failure").Run(2, "cancelled").Run(3, "timed_out").Run(4).Run(5).Run(6, "failure")
            .Spend(1, 1m).Spend(2, 2m).Spend(3, 4m).Spend(4, 8m).Spend(5, 16m).Spend(6, 32m)
            .Link(4, WorkRelation.Created, 14).Outcome(14, OutcomeState.Reverted)
            .Link(5, WorkRelation.Created, 15).Outcome(15, OutcomeState.Merged)
            .Link(6, WorkRelation.Created, 16).Outcome(16, OutcomeState.Closed);

        var waste = world.Figure("wasted-spend");

        Assert.Equal(47m, waste.Value);
        Assert.Equal(
            [("failed", 33m), ("cancelled", 2m), ("timed-out", 4m), ("closed-unmerged", 0m), ("reverted", 8m)],
            Parts(waste));
        Assert.Equal(200m / 6, world.Figure("success-rate").Value);
        Assert.Equal(
            (null, MetricFigure.NoConclusion),
            (new MetricWorld().Run(1, null).Spend(1, 1m).Figure("wasted-spend") is var unknown ? unknown.Value : 0,
                unknown.UnknownBecause));
    }

    [Fact]
    public void Attempts_after_a_failed_one_are_retries()
    {
        var world = new MetricWorld()
            .Run(1, "failure", isOutside: true).Run(1, attempt: 2).Run(1, attempt: 3)
            .Run(2).Run(2, attempt: 2)
            .Spend(1, 1m, attempt: 2).Spend(1, 2m, attempt: 3).Spend(2, 4m).Spend(2, 8m, attempt: 2);

        Assert.Equal(3m, world.Figure("retry-cost").Value);
        Assert.Equal(
            MetricFigure.NoConclusion,
            new MetricWorld().Run(1, attempt: 2).Spend(1, 1m, attempt: 2).Figure("retry-cost").UnknownBecause);
    }

    [Fact]
    public void Reviews_cost_two_components_that_are_shown_apart()
    {
        var world = new MetricWorld()
            .Run(1, actionsMinutes: 5).Run(2, actionsMinutes: 5).Spend(1, 1m).Spend(2, 2m)
            .Link(1, WorkRelation.Reviewed, 12);
        Assert.Equal(
            (null, MetricFigure.NoMinutes),
            (world.Figure("review-cost").Value, world.Figure("review-cost").UnknownBecause));

        var review = world.Minutes(1, 0.03m).Minutes(2, 0.5m).Figure("review-cost");

        Assert.Equal(1.03m, review.Value);
        Assert.Equal([("ai-usage", 1m), ("actions-minutes", 0.03m)], Parts(review));
        Assert.Null(world.Figure("review-cost", MetricGrouping.Model, "sonnet").Value);
    }

    [Fact]
    public void A_rule_says_which_runs_are_reviews()
    {
        var world = new MetricWorld { Rules = new AttributionRules([new() { Actor = "bob", TaskType = "Review" }]) }
            .Run(1).Run(2, actor: "bob", actionsMinutes: 0).Spend(1, 1m).Spend(2, 2m);

        Assert.Equal(2m, world.Figure("review-cost").Value);
    }

    [Fact]
    public void People_are_logins_in_any_case_and_unknown_ones_are_left_out()
    {
        var world = new MetricWorld()
            .Run(1).Run(2, actor: "ALICE").Run(3, actor: "bob").Run(4, actor: null)
            .Spend(1, 1m).Spend(2, 2m).Spend(3, 3m).Spend(4, 50m);

        Assert.Equal(3m, world.Figure("cost-per-person").Value);
        Assert.Equal(3m, world.Figure("spend", MetricGrouping.Person, "alice").Value);
        Assert.Equal(50m, world.Figure("spend", MetricGrouping.Person).Value);
    }

    [Fact]
    public void Tokens_and_sub_agents()
    {
        var world = new MetricWorld()
            .Run(1).Run(2).Run(3)
            .Spend(1, 3m, tokens: 30).Spend(1, 1m, tokens: 11, purpose: Purpose.SubAgent).Spend(2, 0m, tokens: 1);

        Assert.Equal(21m, world.Figure("tokens-per-run").Value);
        Assert.Equal(25m, world.Figure("sub-agent-share").Value);
    }

    [Fact]
    public void Groups_hold_every_line_once()
    {
        var world = new MetricWorld()
            .Run(1).Run(2, path: "review.lock.yml")
            .Spend(1, 1m).Spend(1, 2m, model: "haiku", day: Monday.AddDays(7)).Spend(2, 4m, day: Monday.AddDays(20));

        foreach (var grouping in Enum.GetValues<MetricGrouping>())
        {
            var groups = MetricFold.Of(world.Input, grouping)
                .Where(value => value.Definition.Name is "spend").ToList();
            Assert.Equal(7m, groups.Sum(value => value.Figure.Value));
        }

        Assert.Equal(2m, world.Figure("spend", MetricGrouping.Week, "2026-W48").Value);
        Assert.Equal(4m, world.Figure("spend", MetricGrouping.Month, "2026-12").Value);
        Assert.Equal(4m, world.Figure("spend", MetricGrouping.Workflow, "acme/webshop review.lock.yml").Value);
    }

    [Fact]
    public void The_order_of_the_input_changes_nothing()
    {
        var input = new MetricWorld()
            .Run(1).Run(2, "failure").Run(3, attempt: 2)
            .Spend(1, 1m).Spend(2, 2m, model: "haiku").Spend(3, 4m, attempt: 2)
            .Link(1, WorkRelation.Created, 12).Outcome(12, OutcomeState.Merged).Input;

        foreach (var grouping in Enum.GetValues<MetricGrouping>())
        {
            Assert.Equivalent(
                MetricFold.Of(input, grouping),
                MetricFold.Of(input with { Lines = [.. input.Lines.Reverse()], Runs = [.. input.Runs.Reverse()] },
                    grouping),
                strict: true);
        }
    }

    private static IEnumerable<(string, decimal?)> Parts(MetricFigure figure) =>
        figure.Parts.Select(part => (part.Name, part.Amount));
}
