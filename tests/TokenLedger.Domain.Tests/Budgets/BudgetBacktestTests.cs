using TokenLedger.Domain.Budgets;

namespace TokenLedger.Domain.Tests.Budgets;

public sealed class BudgetBacktestTests
{
    private static readonly DateOnly From = new(2026, 1, 1);

    [Theory]
    [InlineData(BudgetPeriodKind.Month, 0.4)]
    [InlineData(BudgetPeriodKind.Month, 0.9)]
    [InlineData(BudgetPeriodKind.Week, 0.4)]
    [InlineData(BudgetPeriodKind.Week, 0.9)]
    [InlineData(BudgetPeriodKind.Day, 0.4)]
    public void Noisy_months_end_within_the_interval_in_at_least_80_of_100_mornings(BudgetPeriodKind kind, double noise)
    {
        var (inside, judged) = (0, 0);
        for (var seed = 1; seed <= 12; seed++)
        {
            var tests = Test(kind, Noisy(seed, noise, growth: 0.001));
            inside += tests.Sum(test => test.DaysInside);
            judged += tests.Sum(test => test.Days);
        }

        Assert.True(judged > 2_000, $"{judged} mornings");
        Assert.InRange(inside * 100.0 / judged, 80, 100);
    }

    [Fact]
    public void Intervals_are_of_use_and_a_forecast_knows_weekdays()
    {
        var tests = Test(BudgetPeriodKind.Month, Noisy(7, 0.2, growth: 0));

        // The worst morning is the first of a month.
        Assert.All(tests.Skip(1), test => Assert.InRange(test.P95ErrorFraction!.Value, 0, 0.15m));
        Assert.All(tests.Skip(1), test => Assert.InRange(test.MedianErrorFraction!.Value, 0, 0.06m));
    }

    [Fact]
    public void Mornings_before_anything_was_known_are_not_judged()
    {
        var tests = Test(BudgetPeriodKind.Month, Noisy(7, 0.2, growth: 0));

        Assert.Equal((31 - 3, 3), (tests[0].Days, tests[0].DaysWithoutForecast));
        Assert.Empty(BudgetBacktest.Of(BudgetDays.Budget, [], []));
    }

    private static IReadOnlyList<BudgetBacktest> Test(BudgetPeriodKind kind, List<BudgetDay> days)
    {
        var budget = BudgetDays.Budget with { Period = kind };
        var periods = days.Select(day => BudgetPeriods.Of(budget, day.Day)!.Value).Distinct()
            .Where(period => period.From >= From && period.To <= days[^1].Day.AddDays(1));
        return BudgetBacktest.Of(budget, periods, days);
    }

    // Workdays cost five times what weekends do; runs cluster, so that days are skewed; now and then one costs much more.
    private static List<BudgetDay> Noisy(int seed, double noise, double growth)
    {
        var dice = new Random(seed);
        return
        [
            .. Enumerable.Range(0, 212).Select(at =>
            {
                var day = From.AddDays(at);
                var level = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 20_000 : 100_000;
                var scatter = Math.Exp((dice.NextDouble() + dice.NextDouble() - 1) * noise * 2);
                var spike = dice.Next(60) == 0 ? 3 : 1;
                return BudgetDays.Settled(day, (long)(level * scatter * spike * Math.Pow(1 + growth, at)));
            }),
        ];
    }
}
