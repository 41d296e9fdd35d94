using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Calibration;

/// <summary>A model whose bill has left the band around its estimate.</summary>
/// <param name="Account">The wallet.</param>
/// <param name="Channel">Who bills.</param>
/// <param name="Model">The normalised model.</param>
/// <param name="Days">The days that tell it.</param>
/// <param name="BilledNanoCredits">What they were billed.</param>
/// <param name="EstimatedNanoCredits">What they were estimated at; above 0.</param>
public sealed record CalibrationDrift(
    BillingAccount Account, Channel Channel, string Model, int Days, long BilledNanoCredits, long EstimatedNanoCredits)
{
    /// <summary>The code of the notice.</summary>
    public const string Code = "calibration-drift";

    /// <summary>Drift within this is no alarm: the band of a share of grade high.</summary>
    public const decimal BandPercent = 5m;

    // One odd day is no drift; a price that changed a week ago must not hide behind the month before.
    private const int DaysMin = 3;
    private const int NewestDays = 7;

    /// <summary>Billed over estimated, less one, in percent.</summary>
    public decimal Percent => (Ratio.Of(BilledNanoCredits, EstimatedNanoCredits) - 1m) * 100m;

    /// <summary>
    /// The models whose drift over all points, or over the newest <c>7</c> days, leaves the band; one entry a model,
    /// of whichever is further off.
    /// </summary>
    public static IReadOnlyList<CalibrationDrift> Of(IEnumerable<CalibrationPoint> points) =>
    [
        .. points
            .Where(point => point.Model is not null)
            .GroupBy(point => (point.Account, point.Channel, point.Model))
            .OrderBy(group => group.Key.Account)
            .ThenBy(group => group.Key.Channel)
            .ThenBy(group => group.Key.Model, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(point => point.Day).ToList())
            .Where(days => days.Count >= DaysMin)
            .Select(days => new[] { Sum(days), Sum([.. days.Take(NewestDays)]) })
            .Select(drifts => drifts.MaxBy(drift => Math.Abs(drift.Percent))!)
            .Where(drift => Math.Abs(drift.Percent) > BandPercent),
    ];

    /// <summary>The notice.</summary>
    public Notice ToNotice() => new(Code, FormattableString.Invariant(
        $"{Account.Key}, {Channel.ToString()} {Model}: {Days} settled days were billed ")
        + FormattableString.Invariant($"{AiCredits.FromNanoCredits(BilledNanoCredits):0.000} AI credits and estimated ")
        + FormattableString.Invariant($"{AiCredits.FromNanoCredits(EstimatedNanoCredits):0.000}: drift ")
        + FormattableString.Invariant($"{Percent:+0.0;-0.0} %. Check price and token kinds with 'tokenledger gap'."));

    private static CalibrationDrift Sum(IReadOnlyList<CalibrationPoint> days) => new(
        days[0].Account, days[0].Channel, days[0].Model!, days.Count,
        days.Aggregate(0L, (sum, day) => checked(sum + day.BilledNanoCredits)),
        days.Aggregate(0L, (sum, day) => checked(sum + day.EstimatedNanoCredits)));
}
