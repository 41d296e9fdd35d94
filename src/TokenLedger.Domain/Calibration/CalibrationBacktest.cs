using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Calibration;

/// <summary>How well the interval would have held for a model, each day from what was final before it.</summary>
/// <param name="Account">The wallet.</param>
/// <param name="Channel">Who bills.</param>
/// <param name="Model">The normalised model.</param>
/// <param name="Days">Days that were held out and had a factor.</param>
/// <param name="DaysInside">Of these, days whose bill lay in the interval.</param>
/// <param name="DaysWithoutFactor">Days before which too little was final: not judged.</param>
/// <param name="MedianErrorFraction">
/// The median of |billed − calibrated| ÷ calibrated; null without judged days.
/// </param>
/// <param name="P95ErrorFraction">The 95th percentile of the same; null without judged days.</param>
public sealed record CalibrationBacktest(
    BillingAccount Account,
    Channel Channel,
    string Model,
    int Days,
    int DaysInside,
    int DaysWithoutFactor,
    decimal? MedianErrorFraction,
    decimal? P95ErrorFraction)
{
    private const decimal P95 = 0.95m;

    /// <summary>The test of every model, in order.</summary>
    /// <param name="points">Points of the tested days and of the days before them.</param>
    /// <param name="settlements">How final their days are.</param>
    /// <param name="from">The first tested UTC day, inclusive.</param>
    /// <param name="to">The last tested UTC day, exclusive.</param>
    /// <param name="daysBack">How many days before a day teach it.</param>
    public static IReadOnlyList<CalibrationBacktest> Of(
        IReadOnlyList<CalibrationPoint> points, IEnumerable<DaySettlement> settlements, DateOnly from, DateOnly to,
        int daysBack)
    {
        var bySettlement = settlements.ToDictionary(day => (day.Account, day.Day));
        var judged = points
            .Where(point => point.Model is not null && point.Day >= from && point.Day < to)
            .GroupBy(point => point.Day)
            .SelectMany(day => Judge([.. day], CalibrationBook.Of(points.Where(point =>
                point.Day >= AddDays(day.Key, -daysBack)
                && WasFinalBefore(bySettlement[(point.Account, point.Day)], day.Key)))))
            .ToList();
        return
        [
            .. judged
                .GroupBy(day => (day.Point.Account, day.Point.Channel, Model: day.Point.Model!))
                .OrderBy(group => group.Key.Account)
                .ThenBy(group => group.Key.Channel)
                .ThenBy(group => group.Key.Model, StringComparer.Ordinal)
                .Select(group => Create(group.Key, [.. group])),
        ];
    }

    /// <summary>
    /// Whether a bill was final before a day began, as far as can be told afterwards: old enough by its source's
    /// policy, and not changed since by a look at it. A bill that was first read later is taken as it would have been.
    /// </summary>
    private static bool WasFinalBefore(DaySettlement settlement, DateOnly day)
    {
        var start = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var settled = SettlementPolicy.DayEnd(settlement.Day)
            + SettlementPolicy.Of(settlement.Account.Source).SettledAge;
        var hasChangedSince = settlement.FirstSeenAt < start && settlement.LastChangedAt >= start;
        return settled <= start && !hasChangedSince;
    }

    private static IEnumerable<(CalibrationPoint Point, CalibrationFactor Factor)> Judge(
        IReadOnlyList<CalibrationPoint> day, CalibrationBook calibration) => day
        .Select(point => (point, calibration.FactorOf(point.Account, point.Channel, point.Model!)));

    private static CalibrationBacktest Create(
        (BillingAccount Account, Channel Channel, string Model) key,
        IReadOnlyList<(CalibrationPoint Point, CalibrationFactor Factor)> all)
    {
        var days = all.Where(day => day.Factor.IsIdentifiable).ToList();
        var errors = days
            .Where(day => day.Factor.Factor > 0)
            .Select(day => Math.Abs(Ratio.Of(day.Point.Ratio, day.Factor.Factor) - 1m))
            .Order()
            .ToList();
        return new CalibrationBacktest(
            key.Account, key.Channel, key.Model, days.Count,
            days.Count(day => day.Point.Ratio >= day.Factor.Low && day.Point.Ratio <= day.Factor.High),
            all.Count - days.Count,
            errors.Count == 0 ? null : Statistics.QuantileOf(errors, 0.5m),
            errors.Count == 0 ? null : Statistics.QuantileOf(errors, P95));
    }

    private static DateOnly AddDays(DateOnly day, int days) =>
        day.DayNumber + days < 0 ? DateOnly.MinValue : day.AddDays(days);
}
