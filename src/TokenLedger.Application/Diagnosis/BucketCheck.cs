using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Diagnosis;

/// <summary>
/// What part of each account's money can only be told from people's by price, and the cheapest way to tell it by
/// evidence.
/// </summary>
public sealed class BucketCheck(
    LedgerConfiguration configuration, ILedgerStorage? storage, PriceBook prices, TimeProvider time) : ICheck
{
    private const string Wide = "TL1091";
    private const string Incomplete = "TL1092";

    private const int Days = 14;

    // Below a tenth of the money, narrowing is not worth anybody's hour.
    private const decimal WidePercentMax = 10;

    /// <inheritdoc/>
    public string Name => "Buckets";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation)
    {
        if (storage is null)
            return [CheckResult.Skipped(Name, "buckets", "There is no ledger to look into.")];
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var period = await new ReconcilePeriod(storage.Store, storage.Days, prices, configuration).ExecuteAsync(
            ReconciliationScope.WholeLedger, today.AddDays(-Days), today, now, cancellation);
        var results = (period?.Days ?? [])
            .GroupBy(day => day.Account)
            .OrderBy(group => group.Key)
            .SelectMany(group => OfAccount(group.Key, [.. group.SelectMany(day => day.Buckets)]))
            .ToList();
        return results.Count > 0 ? results : [CheckResult.Skipped(Name, "buckets", string.Create(
            CultureInfo.InvariantCulture, $"No AI usage was billed in the last {Days} days."))];
    }

    private IEnumerable<CheckResult> OfAccount(BillingAccount account, IReadOnlyList<BucketOutcome> buckets)
    {
        var billed = Sum(buckets);
        if (billed <= 0)
            yield break;
        var wide = buckets.Where(bucket => bucket is { IsEvident: false, IsExclusive: false }).ToList();
        var percent = Percent(Sum(wide), billed);
        var seen = string.Create(
            CultureInfo.InvariantCulture,
            $"{percent:0.#} % of {AiCredits.UsdFromNanoCredits(billed):#,##0.00} USD in {Days} days is shared with "
            + $"people: runs are told from them by price alone.");
        yield return percent > WidePercentMax
            ? CheckResult.Warning(
                Name, account.Key, Wide, seen, TighterBucket.Of(account, SettingOf(account), wide))
            : CheckResult.Ok(Name, account.Key, seen);
        var incomplete = buckets.Where(bucket => bucket is { IsExclusive: true, IsComplete: false }).ToList();
        if (Percent(Sum(incomplete), billed) > WidePercentMax)
        {
            yield return CheckResult.Warning(
                Name, account.Key, Incomplete, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Percent(Sum(incomplete), billed):0.#} % lies in exclusive buckets with runs that have no "
                    + $"telemetry or no price."),
                "Mend what is said under Coverage: a complete bucket is split whole, and by evidence.");
        }
    }

    private string SettingOf(BillingAccount account)
    {
        var index = configuration.Sources.ToList().FindIndex(source => source.Account == account);
        return string.Create(
            CultureInfo.InvariantCulture, $"TokenLedger:Sources:{(index < 0 ? "N" : index)}:Buckets:M");
    }

    private static long Sum(IEnumerable<BucketOutcome> buckets) => buckets
        .Aggregate(0L, (sum, bucket) => checked(sum + Math.Max(0, bucket.BilledNanoCredits)));

    private static decimal Percent(long part, long whole) =>
        AiCredits.FromNanoCredits(part) / AiCredits.FromNanoCredits(whole) * 100m;
}
