using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Budgets;

/// <summary>What whole days of the past tell of days to come. Pure.</summary>
/// <remarks>
/// From <see cref="WeekdayAwareMin"/> days on a day is expected to be like those of its weekday, drawn towards other
/// workdays or other days of the weekend; with fewer, like all of them. Days far off the median are cut to the edge of
/// what is usual, but widen the interval. The interval is conformal: how far each day lies from what the others tell.
/// </remarks>
internal sealed class UsualDays
{
    /// <summary>Days that are looked back.</summary>
    public const int DaysBack = 28;

    /// <summary>Fewer whole days tell nothing.</summary>
    public const int DaysMin = 3;

    private const int WeekdayAwareMin = 14;

    // As many days of the same weekday weigh as much as all days of its kind.
    private const int WeightOfKind = 2;

    // A day further off than this many median deviations is another story.
    private const decimal OutlierDeviations = 6m;

    // 90 of 100 are meant: five more cover that the days to come are not drawn like those before.
    private const decimal Quantile = 0.95m;

    // So few days have no such quantile: their largest distance is widened by this over their number.
    private const decimal SmallSampleWidening = 3m;

    private readonly IReadOnlyList<(DateOnly Day, decimal Value)> days;
    private readonly decimal distance;

    private UsualDays(IReadOnlyList<(DateOnly Day, decimal Value)> raw)
    {
        days = Cut(raw);
        distance = DistanceOf([.. raw.Select(day => Math.Abs(day.Value - Expected(day.Day, day.Day))).Order()]);
    }

    /// <summary>What the days tell; null with too few of them.</summary>
    /// <param name="days">The spend of whole days, one after the other, the newest last.</param>
    public static UsualDays? Of(IReadOnlyList<(DateOnly Day, long NanoCredits)> days) => days.Count < DaysMin ? null
        : new UsualDays([.. days.TakeLast(DaysBack).Select(day => (day.Day, (decimal)day.NanoCredits))]);

    /// <summary>What a day is expected to cost; never negative.</summary>
    public decimal Expected(DateOnly day) => Math.Max(0, Expected(day, without: null));

    /// <summary>
    /// How far the sum of so many days may lie from what is expected: their own scatter, and that of what they are told
    /// by.
    /// </summary>
    public decimal DistanceOver(int count) =>
        distance * SquareRoot.Of(count + Ratio.Of((decimal)count * count, days.Count));

    private decimal Expected(DateOnly day, DateOnly? without)
    {
        var others = without is null ? days : days.Where(known => known.Day != without).ToList();
        if (days.Count < WeekdayAwareMin)
            return MeanOf(others);
        var kind = others.Where(known => IsWeekend(known.Day) == IsWeekend(day)).ToList();
        if (kind.Count == 0)
            return MeanOf(others);
        var same = kind.Where(known => known.Day.DayOfWeek == day.DayOfWeek).ToList();
        return Ratio.Of(
            same.Sum(known => known.Value) + (MeanOf(kind) * WeightOfKind), same.Count + WeightOfKind);
    }

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static decimal MeanOf(IReadOnlyList<(DateOnly Day, decimal Value)> days) =>
        Ratio.Of(days.Sum(day => day.Value), days.Count);

    private static List<(DateOnly Day, decimal Value)> Cut(IReadOnlyList<(DateOnly Day, decimal Value)> raw)
    {
        var median = Statistics.QuantileOf([.. raw.Select(day => day.Value).Order()], 0.5m);
        var deviation = Statistics.QuantileOf([.. raw.Select(day => Math.Abs(day.Value - median)).Order()], 0.5m);
        // Most days alike, such as nothing at all: the few others are all that tells anything.
        if (deviation == 0)
            return [.. raw];
        var far = deviation * OutlierDeviations;
        return [.. raw.Select(day => (day.Day, Math.Clamp(day.Value, median - far, median + far)))];
    }

    private static decimal DistanceOf(List<decimal> distances)
    {
        var rank = (int)Math.Ceiling((distances.Count + 1) * Quantile);
        return rank <= distances.Count
            ? distances[rank - 1]
            : distances[^1] * (1m + Ratio.Of(SmallSampleWidening, distances.Count));
    }
}
