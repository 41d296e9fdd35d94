using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Calibration;

/// <summary>The factors that days of final bills taught. Pure; the order of the points changes nothing.</summary>
/// <remarks>
/// The factor is the ratio of sums over the days, days far off the median left out. The interval is conformal: how far
/// each day, all of them, lies from the factor of the others; a quantile of these distances with room for the days to
/// come. A model with fewer than <see cref="DaysMin"/> days takes its channel's factor, else its account's, with the
/// distances of single models from it.
/// </remarks>
public sealed class CalibrationBook
{
    /// <summary>Days that are looked back by default.</summary>
    public const int DaysBack = 28;

    /// <summary>Fewer points teach nothing.</summary>
    public const int DaysMin = 5;

    // Beyond these it is no price that drifts: the estimates are of something else than the bill.
    private const decimal FactorMin = 0.01m;
    private const decimal FactorMax = 100m;

    private readonly Dictionary<(BillingAccount, Channel, string), CalibrationFactor> byModel;
    private readonly Dictionary<(BillingAccount, Channel), CalibrationFactor> byChannel;
    private readonly Dictionary<BillingAccount, CalibrationFactor> byAccount;

    private CalibrationBook(IReadOnlyList<CalibrationPoint> points)
    {
        byModel = Learn(points, point => (point.Account, point.Channel, point.Model!), CalibrationLevel.Model);
        byChannel = Learn(points, point => (point.Account, point.Channel), CalibrationLevel.Channel);
        byAccount = Learn(points, point => point.Account, CalibrationLevel.Account);
    }

    /// <summary>The factors that points of one model teach.</summary>
    /// <param name="points">At most one of an account, channel, model and day; in any order.</param>
    public static CalibrationBook Of(IEnumerable<CalibrationPoint> points) => new(
    [
        .. points
            .Where(point => point.Model is not null)
            .OrderBy(point => point.Account)
            .ThenBy(point => point.Channel)
            .ThenBy(point => point.Model, StringComparer.Ordinal)
            .ThenBy(point => point.Day),
    ]);

    /// <summary>The factor of a model: its own, its channel's, its account's, or 1.</summary>
    public CalibrationFactor FactorOf(BillingAccount account, Channel channel, string model) =>
        byModel.TryGetValue((account, channel, model), out var factor)
        || byChannel.TryGetValue((account, channel), out factor)
        || byAccount.TryGetValue(account, out factor)
            ? factor : CalibrationFactor.NotIdentifiable;

    private static Dictionary<TKey, CalibrationFactor> Learn<TKey>(
        IReadOnlyList<CalibrationPoint> points, Func<CalibrationPoint, TKey> keyOf, CalibrationLevel level)
        where TKey : notnull => points
        .GroupBy(keyOf)
        .Where(group => group.Count() >= DaysMin)
        .Select(group => (group.Key, Factor: FactorLearning.Of([.. group], level)))
        .Where(learned => learned.Factor.Factor is > FactorMin and < FactorMax)
        .ToDictionary(learned => learned.Key, learned => learned.Factor);
}
