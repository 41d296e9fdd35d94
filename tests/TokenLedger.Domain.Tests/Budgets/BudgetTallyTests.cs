using System.Collections.Immutable;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Tests.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Budgets;

public sealed class BudgetTallyTests
{
    private static readonly CalibrationBook NothingLearned = CalibrationBook.Of([]);
    private static readonly Budget Everything = BudgetDays.Budget with { Include = BudgetInclude.All };

    [Fact]
    public void A_final_day_is_its_bill_runs_and_rest_apart() => World.Obeys(world =>
    {
        var input = world.Build();
        var day = Add(Everything, input, SettlementStatus.Closed);
        var billed = DayReconciler.Reconcile(input).Charges
            .Where(row => row.Role == ChargeRole.Basis
                && DaySpend.ComponentOf(row.Charge.Family) == SpendComponent.AiUsage)
            .Sum(row => row.Charge.GrossNanoCredits);
        return !input.HasBill
            || day.SettledNanoCredits + day.Accounts.Sum(account => account.RestNanoCredits) == billed;
    });

    [Fact]
    public void Budgets_of_parts_add_up_to_the_budget_of_the_whole() => World.Obeys(world =>
    {
        var input = world.Build();
        var whole = Runs(Add(Everything, input, SettlementStatus.Provisional));
        return whole == new[] { "acme/web", "acme/api", "other/web" }
            .Sum(name => Runs(Add(Of(new BudgetScope { Repository = name }), input, SettlementStatus.Provisional)))
            && whole == new[] { Channel.Copilot, Channel.Anthropic }
                .Sum(channel => Runs(Add(Of(new BudgetScope { Channel = channel }), input, SettlementStatus.Provisional)));
    });

    [Fact]
    public void Net_is_what_was_billed_net_and_gross_where_nobody_knows()
    {
        var input = new Scenario().Run(1, 4m).Run(2, 6m, model: "gpt-5-5")
            .Bill(4m, new ChargeDimensions { Model = Dimension.Value("claude-sonnet-5") }, netCredits: 1m)
            .Build();

        var day = Add(Everything with { Measure = BudgetMeasure.Net }, input, SettlementStatus.Provisional);

        Assert.Equal(1_000_000_000, day.Provisional.NanoCredits);
        Assert.Equal(6_000_000_000, day.Estimated.NanoCredits);
        Assert.True(day.Provisional.HighNanoCredits > day.Provisional.NanoCredits);
    }

    [Fact]
    public void Unpriced_usage_and_runs_without_telemetry_are_told_unless_a_final_bill_answers_for_them()
    {
        var input = new Scenario().Run(1, null).SilentRun(2).Bill(5m).Build();

        var open = Add(Everything, input, SettlementStatus.Provisional);
        var final = Add(Everything, input, SettlementStatus.Closed);

        Assert.Equal([BudgetIncompleteness.RunsWithoutTelemetry, BudgetIncompleteness.UnpricedUsage], open.IncompleteReasons);
        Assert.Equal((1L, 1), (open.UnpricedRequests, open.RunsWithoutTelemetry));
        Assert.Empty(final.IncompleteReasons);
    }

    [Fact]
    public void A_budget_of_known_runs_says_that_a_final_bill_holds_what_it_leaves_out()
    {
        var input = new Scenario().Exclusive(new ExclusiveScope()).Run(1, 2m).SilentRun(2).Bill(5m).Build();

        var day = Add(BudgetDays.Budget, input, SettlementStatus.Closed);

        Assert.Equal([BudgetIncompleteness.RunsWithoutTelemetry], day.IncompleteReasons);
        Assert.Equal(2_000_000_000, day.SettledNanoCredits);
    }

    [Fact]
    public void A_run_without_telemetry_may_have_used_any_model_but_only_of_its_own_repository_and_team()
    {
        var input = new Scenario().SilentRun(2).Build();
        var team = new RunAttribution("web", null, ImmutableSortedDictionary<string, string>.Empty);

        Assert.Equal(1, Bare(new BudgetScope { Model = "claude*" }));
        Assert.Equal(1, Bare(new BudgetScope { Repository = "acme/*" }));
        Assert.Equal(0, Bare(new BudgetScope { Repository = "acme/api" }));
        Assert.Equal(1, Bare(new BudgetScope { Team = "WEB" }));
        Assert.Equal(0, Bare(new BudgetScope { Team = "api" }));

        int Bare(BudgetScope scope)
        {
            var tally = new BudgetTally(Of(scope), Scenario.Day);
            tally.AddBareRun(input.RunsWithoutTelemetry[0], Scenario.Account, team);
            return tally.ToDay().RunsWithoutTelemetry;
        }
    }

    private static long Runs(BudgetDay day) =>
        day.SettledNanoCredits + day.Provisional.NanoCredits + day.Estimated.NanoCredits;

    private static Budget Of(BudgetScope scope) => BudgetDays.Budget with { Scope = scope };

    private static BudgetDay Add(Budget budget, AccountDay input, SettlementStatus status)
    {
        var settlement = new DaySettlement(Scenario.Account, Scenario.Day, status, 2, null, null);
        var result = DayReconciler.Reconcile(input);
        var tally = new BudgetTally(budget, Scenario.Day);
        tally.Add(settlement, Channel.Copilot, input.HasBill);
        foreach (var line in DaySpend.Of(input, result, settlement, NothingLearned))
            tally.Add(line, RunAttribution.None, settlement);
        if (!settlement.IsFinal)
        {
            foreach (var run in input.RunsWithoutTelemetry)
                tally.AddBareRun(run, Scenario.Account, RunAttribution.None);
        }

        return tally.ToDay();
    }
}
