using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Budgets;

namespace TokenLedger.Domain.Tests.Budgets;

public sealed class BudgetEvaluationTests
{
    private static readonly Budget WithPeople = BudgetDays.Budget with { Include = BudgetInclude.All };

    [Fact]
    public void Settled_provisional_and_estimated_are_what_was_spent_and_the_sum_of_the_days() => Obeys(days =>
    {
        var status = BudgetDays.Status(days);
        var own = days.Where(day => day.Day >= status.From);
        return status.Spent.NanoCredits
                == status.SettledNanoCredits + status.ProvisionalNanoCredits + status.EstimatedNanoCredits
            && status.Spent.NanoCredits == own.Sum(day =>
                day.SettledNanoCredits + day.Provisional.NanoCredits + day.Estimated.NanoCredits)
            && status.Spent.LowNanoCredits <= status.Spent.NanoCredits
            && status.Spent.NanoCredits <= status.Spent.HighNanoCredits;
    });

    [Fact]
    public void What_no_run_answers_for_is_added_and_expected_where_there_is_no_bill_yet() => Obeys(days =>
    {
        var (runs, all) = (BudgetDays.Status(days), BudgetDays.Status(days, WithPeople));
        var known = days.Where(day => day.Day >= runs.From)
            .Sum(day => day.Accounts.Sum(account => account.RestNanoCredits));
        return all.Spent.NanoCredits
                == all.SettledNanoCredits + all.ProvisionalNanoCredits + all.EstimatedNanoCredits
            && all.Spent.NanoCredits >= runs.Spent.NanoCredits + known
            && all.EstimatedNanoCredits >= runs.EstimatedNanoCredits;
    });

    [Fact]
    public void More_spend_never_lowers_the_percentage_nor_the_forecasts_spent_part() => Prop.ForAll(
        BudgetDays.Arbitrary, Arb.From(Gen.Choose(0, 50)), Arb.From(Gen.Choose(0, 1_000)), (days, at, more) =>
        {
            var raised = days.ToList();
            raised[at] = raised[at] with { SettledNanoCredits = raised[at].SettledNanoCredits + more };
            return BudgetDays.Status(raised).Percent >= BudgetDays.Status(days).Percent
                && BudgetDays.Status(raised, WithPeople).Percent >= BudgetDays.Status(days, WithPeople).Percent;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_missing_adds_a_reason_and_never_makes_the_figure_smaller() => Prop.ForAll(
        BudgetDays.Arbitrary, Arb.From(Gen.Choose(31, 50)), (days, at) =>
        {
            var missing = days.ToList();
            missing[at] = missing[at] with
            {
                UnpricedRequests = 5, IncompleteReasons = [BudgetIncompleteness.UnpricedUsage],
            };
            var (whole, incomplete) = (BudgetDays.Status(days), BudgetDays.Status(missing));
            return incomplete.IncompleteReasons.Contains(BudgetIncompleteness.UnpricedUsage)
                && incomplete.Spent == whole.Spent && incomplete.IsIncomplete;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_days_and_the_hour_change_nothing() => Obeys(days =>
    {
        var status = BudgetDays.Status(days, WithPeople);
        var later = BudgetDays.Status([.. days.AsEnumerable().Reverse()], WithPeople, BudgetDays.Now.AddHours(11));
        return (status.Spent, status.Forecast, status.ExhaustedOn, status.BurnRateNanoCreditsPerDay)
            == (later.Spent, later.Forecast, later.ExhaustedOn, later.BurnRateNanoCreditsPerDay);
    });

    [Fact]
    public void A_forecast_is_what_was_spent_or_more_and_lies_in_its_interval() => Obeys(days =>
        BudgetDays.Status(days, WithPeople) is var status && (status.Forecast is not { } forecast
            || (forecast.NanoCredits >= status.Spent.NanoCredits
                && forecast.LowNanoCredits <= forecast.NanoCredits
                && forecast.NanoCredits <= forecast.HighNanoCredits)));

    [Fact]
    public void A_day_without_a_bill_gets_the_median_of_days_with_one_and_today_is_left_out_of_the_rate()
    {
        List<BudgetDay> days =
        [
            .. Enumerable.Range(0, 18).Select(at => BudgetDays.Settled(new DateOnly(2026, 11, 1).AddDays(at), 10, at % 3)),
            BudgetDays.Estimated(new DateOnly(2026, 11, 19), 10),
            BudgetDays.Estimated(new DateOnly(2026, 11, 20), 4),
        ];

        var status = BudgetDays.Status(days, WithPeople);

        Assert.Equal(180 + 18, status.SettledNanoCredits);
        Assert.Equal(14 + 2, status.EstimatedNanoCredits);
        Assert.Equal((180 + 18 + 11) / 19, status.BurnRateNanoCreditsPerDay);
        Assert.Empty(status.IncompleteReasons);
    }

    [Fact]
    public void Without_a_bill_to_tell_what_is_usual_the_figure_is_incomplete()
    {
        var status = BudgetDays.Status([BudgetDays.Estimated(new DateOnly(2026, 11, 19), 10)], WithPeople);
        var unbilled = BudgetEvaluation.StatusOf(
            BudgetDays.Budget, new BudgetPeriod(status.From, status.To),
            [BudgetDays.Estimated(new DateOnly(2026, 11, 19), 10)], [], new HashSet<string>(), BudgetDays.Now);

        Assert.Equal([BudgetIncompleteness.OtherUsageUnknown], status.IncompleteReasons);
        Assert.Equal([BudgetIncompleteness.NoBillSource], unbilled.IncompleteReasons);
        Assert.Null(status.Forecast);
        Assert.Equal(0, BudgetDays.Status([]).BurnRateNanoCreditsPerDay);
    }

    [Fact]
    public void An_override_raises_the_limit_while_it_is_in_force_and_no_other_budgets()
    {
        var raise = new BudgetOverride
        {
            Id = "1", BudgetName = "TEAM", NanoCredits = 500, Reason = "release", Author = "mona",
            From = new DateOnly(2026, 11, 20), To = new DateOnly(2026, 11, 21), CreatedAt = BudgetDays.Now,
        };

        Assert.Equal(10_500, BudgetDays.Status([], overrides: raise).LimitNanoCredits);
        Assert.Equal(10_000, BudgetDays.Status([], now: BudgetDays.Now.AddDays(1), overrides: raise).LimitNanoCredits);
        Assert.Equal(10_000, BudgetDays.Status([], now: BudgetDays.Now.AddDays(-1), overrides: raise).LimitNanoCredits);
        Assert.Equal(10_000, BudgetDays.Status([], overrides: raise with { BudgetName = "other" }).LimitNanoCredits);
        Assert.True(BudgetDays.Status([], overrides: raise with { NanoCredits = long.MaxValue }).LimitNanoCredits > 0);
    }

    [Fact]
    public void The_day_of_exhaustion_is_the_one_that_reached_the_limit_or_is_expected_to()
    {
        var days = Enumerable.Range(0, 20)
            .Select(at => BudgetDays.Settled(new DateOnly(2026, 11, 1).AddDays(at), 100)).ToList();

        Assert.Equal(new DateOnly(2026, 11, 5), Exhausted(500));
        Assert.Equal(new DateOnly(2026, 11, 21), Exhausted(2_100));
        Assert.Equal(new DateOnly(2026, 11, 30), Exhausted(3_000));
        Assert.Null(Exhausted(3_001));

        DateOnly? Exhausted(long limit) =>
            BudgetDays.Status(days, BudgetDays.Budget with { LimitNanoCredits = limit }).ExhaustedOn;
    }

    [Fact]
    public void A_period_that_is_over_is_forecast_as_what_it_spent()
    {
        var days = Enumerable.Range(0, 45)
            .Select(at => BudgetDays.Settled(BudgetDays.First.AddDays(at), 10)).ToList();
        var status = BudgetEvaluation.StatusOf(
            BudgetDays.Budget, new BudgetPeriod(BudgetDays.First, BudgetDays.First.AddMonths(1)), days, [],
            BudgetDays.Billed, BudgetDays.Now);

        Assert.Equal((310, 310), (status.Spent.NanoCredits, status.Forecast!.Value.NanoCredits));
        Assert.Equal(10, status.BurnRateNanoCreditsPerDay);
    }

    private static void Obeys(Func<List<BudgetDay>, bool> law) =>
        Prop.ForAll(BudgetDays.Arbitrary, law).QuickCheckThrowOnFailure();
}
