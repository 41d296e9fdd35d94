using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Budgets;

/// <summary>How well forecasts of a budget would have held in one past period.</summary>
/// <param name="Period">The period.</param>
/// <param name="FinalNanoCredits">What it spent in the end, as is known now.</param>
/// <param name="Days">Mornings of the period on which there was a forecast.</param>
/// <param name="DaysInside">Of these, those whose interval held what was spent in the end.</param>
/// <param name="DaysWithoutForecast">Mornings before which too little was known: not judged.</param>
/// <param name="MedianErrorFraction">
/// The median of |forecast − final| ÷ final; null without judged days, or when nothing was spent.
/// </param>
/// <param name="P95ErrorFraction">The 95th percentile of the same.</param>
public sealed record BudgetBacktest(
    BudgetPeriod Period,
    long FinalNanoCredits,
    int Days,
    int DaysInside,
    int DaysWithoutForecast,
    decimal? MedianErrorFraction,
    decimal? P95ErrorFraction)
{
    private const decimal P95 = 0.95m;

    /// <summary>The test of each period, in order.</summary>
    /// <remarks>Each morning knows the days before it as they are known now, and nothing of its own day.</remarks>
    /// <param name="budget">The budget.</param>
    /// <param name="periods">Periods that are over.</param>
    /// <param name="days">The days of all of them and <see cref="BudgetEvaluation.DaysBack"/> days before.</param>
    public static IReadOnlyList<BudgetBacktest> Of(
        Budget budget, IEnumerable<BudgetPeriod> periods, IReadOnlyCollection<BudgetDay> days) =>
        [.. periods.OrderBy(period => period.From).Select(period => Judge(budget, period, days))];

    private static BudgetBacktest Judge(Budget budget, BudgetPeriod period, IReadOnlyCollection<BudgetDay> days)
    {
        var known = new BudgetSpend(budget, days.Where(day => day.Day < period.To), period.To);
        var final = Enumerable.Range(period.From.DayNumber, period.Days)
            .Select(number => known.TotalOf(known.DayOf(DateOnly.FromDayNumber(number))).NanoCredits)
            .Aggregate(0L, (sum, day) => checked(sum + day));
        var forecasts = Enumerable.Range(period.From.DayNumber, period.Days)
            .Select(DateOnly.FromDayNumber)
            .Select(morning => ForecastOf(known, period, morning))
            .ToList();
        var judged = forecasts.OfType<CalibratedAmount>().ToList();
        var errors = final <= 0 ? [] : judged
            .Select(forecast => Ratio.Of(Math.Abs((decimal)forecast.NanoCredits - final), final))
            .Order()
            .ToList();
        return new BudgetBacktest(
            period, final, judged.Count,
            judged.Count(forecast => forecast.LowNanoCredits <= final && final <= forecast.HighNanoCredits),
            forecasts.Count - judged.Count,
            errors.Count == 0 ? null : Statistics.QuantileOf(errors, 0.5m),
            errors.Count == 0 ? null : Statistics.QuantileOf(errors, P95));
    }

    private static CalibratedAmount? ForecastOf(BudgetSpend known, BudgetPeriod period, DateOnly morning)
    {
        var spent = Enumerable.Range(period.From.DayNumber, morning.DayNumber - period.From.DayNumber)
            .Select(number => known.TotalOf(known.DayOf(DateOnly.FromDayNumber(number))))
            .Aggregate(default(CalibratedAmount), (sum, day) => sum + day);
        return SpendForecast.Of(spent, 0, morning, period.To, known.UsualBefore(morning));
    }
}
