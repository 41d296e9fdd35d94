using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Tests.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Calibration;

/// <summary>Days of models whose bill is a factor of the estimate, with noise; the same seed gives the same days.</summary>
internal sealed class NoisyDays(int seed)
{
    public static readonly DateOnly First = new(2026, 8, 1);
    public static readonly BillingAccount Account = Scenario.Account;

    private readonly Random random = new(seed);

    /// <summary>The shape of the noise: 0 even, 1 peaked, 2 peaked with one odd day in thirty.</summary>
    public int Shape => seed % 3;

    public IReadOnlyList<CalibrationPoint> Of(string model, int days, Func<int, decimal> factorOf, decimal noise) =>
    [
        .. Enumerable.Range(0, days).Select(day =>
        {
            var estimated = random.NextInt64(2_000_000_000, 90_000_000_000);
            var ratio = factorOf(day) * (1m + (noise * Next()));
            return new CalibrationPoint(
                Account, Channel.Copilot, model, First.AddDays(day), (long)(estimated * ratio), estimated);
        }),
    ];

    public static IReadOnlyList<DaySettlement> Settlements(int days) =>
    [
        .. Enumerable.Range(0, days).Select(day => new DaySettlement(
            Account, First.AddDays(day), SettlementStatus.Settled, 3, Time(day + 2), Time(day + 3))),
    ];

    public static DateTimeOffset Time(int day) => new(First.AddDays(day), TimeOnly.MinValue, TimeSpan.Zero);

    private decimal Next()
    {
        var even = ((decimal)random.NextDouble() * 2) - 1;
        if (Shape == 0)
            return even;
        var peaked = (even + ((decimal)random.NextDouble() * 2) - 1) / 2;
        return Shape == 2 && random.Next(30) == 0 ? peaked * 5 : peaked;
    }
}
