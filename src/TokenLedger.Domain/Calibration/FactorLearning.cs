using TokenLedger.Domain.Allocation;

namespace TokenLedger.Domain.Calibration;

/// <summary>Learns one factor and its interval from days.</summary>
internal static class FactorLearning
{
    // A day further off than this many median deviations is another story, such as a refund of last month.
    private const decimal OutlierDeviations = 6m;

    // Deviations of less than this are noise however alike the days are.
    private const decimal OutlierFractionMin = 0.05m;

    // 90 of 100 are promised: five more cover that the days to come are not drawn like those before.
    private const decimal Quantile = 0.95m;

    // So few days have no such quantile: their largest distance is widened by this over their number.
    private const decimal SmallSampleWidening = 3m;

    // Rounding of rows and a request at midnight: no interval is narrower.
    private const decimal HalfWidthMin = 0.005m;

    // One or two models say nothing of a third: gaps of single models go to 17 % on the same traffic (reported,
    // 2026-08).
    private const decimal HalfWidthOfOtherModelsMin = 0.2m;
    private const int ModelsMin = 3;

    public static CalibrationFactor Of(IReadOnlyList<CalibrationPoint> points, CalibrationLevel level)
    {
        var usual = Usual(points);
        decimal billed = usual.Sum(point => (decimal)point.BilledNanoCredits);
        decimal estimated = usual.Sum(point => (decimal)point.EstimatedNanoCredits);
        var factor = Ratio.Of(billed, estimated);
        var distances = points
            .Select(point => Math.Abs(point.Ratio - WithoutOne(point, usual, billed, estimated)))
            .Order()
            .ToList();
        var isOfOtherModels = level != CalibrationLevel.Model
            && points.Select(point => point.Model).Distinct(StringComparer.Ordinal).Count() < ModelsMin;
        var half = Math.Max(
            HalfWidthOf(distances), (isOfOtherModels ? HalfWidthOfOtherModelsMin : HalfWidthMin) * factor);
        return new CalibrationFactor(level, factor, Math.Max(0, factor - half), factor + half, points.Count);
    }

    private static List<CalibrationPoint> Usual(IReadOnlyList<CalibrationPoint> points)
    {
        var median = Statistics.QuantileOf([.. points.Select(point => point.Ratio).Order()], 0.5m);
        var deviation = Statistics.QuantileOf(
            [.. points.Select(point => Math.Abs(point.Ratio - median)).Order()], 0.5m);
        var far = Math.Max(deviation * OutlierDeviations, median * OutlierFractionMin);
        return [.. points.Where(point => Math.Abs(point.Ratio - median) <= far)];
    }

    private static decimal WithoutOne(
        CalibrationPoint point, List<CalibrationPoint> usual, decimal billed, decimal estimated) =>
        usual.Count > 1 && usual.Contains(point)
            ? Ratio.Of(billed - point.BilledNanoCredits, estimated - point.EstimatedNanoCredits)
            : Ratio.Of(billed, estimated);

    private static decimal HalfWidthOf(List<decimal> distances)
    {
        var rank = (int)Math.Ceiling((distances.Count + 1) * Quantile);
        return rank <= distances.Count
            ? distances[rank - 1]
            : distances[^1] * (1m + Ratio.Of(SmallSampleWidening, distances.Count));
    }
}
