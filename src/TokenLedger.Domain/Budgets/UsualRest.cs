using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Budgets;

/// <summary>What no run answers for on a day without a bill, as days with a bill tell. Pure.</summary>
internal static class UsualRest
{
    private const decimal LowQuantile = 0.05m;
    private const decimal HighQuantile = 0.95m;

    /// <summary>
    /// The median of an account's days with a bill, each at least 0, with the range of nearly all of them; null without
    /// such a day.
    /// </summary>
    /// <param name="accountKey">The account.</param>
    /// <param name="days">The days before.</param>
    public static CalibratedAmount? Of(string accountKey, IEnumerable<BudgetDay> days)
    {
        var rests = days
            .SelectMany(day => day.Accounts)
            .Where(account => account.HasBill && string.Equals(
                account.AccountKey, accountKey, StringComparison.Ordinal))
            .Select(account => (decimal)Math.Max(0, account.RestNanoCredits))
            .Order()
            .ToList();
        return rests.Count == 0 ? null : new CalibratedAmount(
            (long)Statistics.QuantileOf(rests, 0.5m), (long)Statistics.QuantileOf(rests, LowQuantile),
            (long)Statistics.QuantileOf(rests, HighQuantile));
    }
}
