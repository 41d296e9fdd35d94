using System.Globalization;
using TokenLedger.Domain;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.IncludedCredits;

namespace TokenLedger.Application.Reconciling;

/// <summary>What a reader of a period should know, in one list.</summary>
internal static class PeriodNotices
{
    public static IReadOnlyList<Notice> Of(
        IReadOnlyList<PeriodRun> runs, IReadOnlyList<Observation> looks, IReadOnlyList<DayOutcome> days)
    {
        var notices = new List<Notice>();
        var bare = runs.Count(run => !run.HasTelemetry);
        if (bare > 0)
            notices.Add(
                Create("runs-without-telemetry",
                    $"Runs without a token log: {bare}. What they used is not in the estimate."));
        foreach (var group in runs
            .SelectMany(run => run.Slices)
            .Where(slice => slice.Unpriced is not null)
            .GroupBy(slice => (slice.Channel, slice.Model, slice.Unpriced))
            .OrderBy(group => group.Key.Channel)
            .ThenBy(group => group.Key.Model, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Unpriced))
        {
            var requests = group.Sum(slice => slice.Requests);
            notices.Add(Create(
                "unpriced-usage",
                requests == 0
                    ? $"Usage of {group.Key.Model} ({group.Key.Channel}), known by totals, has no price: --prices."
                    : (FormattableString)
                        $"{requests} requests of {group.Key.Model} ({group.Key.Channel}) have no price: --prices."));
        }

        notices.AddRange(OfUnbilledTiers(days));
        var incomplete = looks
            .GroupBy(look => (look.Account, look.Day, look.View, look.Filter))
            .Where(group => group.MaxBy(look => look.ObservedAt)!.IsIncomplete)
            .ToList();
        notices.AddRange(incomplete
            .Where(group => !BillViewName.ShowsMoney(group.Key.View))
            .Select(group => Create(
                "counts-incomplete",
                $"{group.Key.Day:yyyy-MM-dd} {group.Key.Account.Key}: {Unread(group.Key.View)}"))
            .Distinct());
        notices.AddRange(incomplete
            .Where(group => BillViewName.ShowsMoney(group.Key.View))
            .Select(group => (group.Key.Account, group.Key.Day, HasComplete: group.Any(look => !look.IsIncomplete)))
            .Distinct()
            .Select(bill => Create("bill-incomplete", $"{bill.Day:yyyy-MM-dd} {bill.Account.Key}: {Counts(bill)}")));
        notices.AddRange(days
            .Select(day => day.Reconciliation)
            .SelectMany(day => day.Notices.Select(notice => Create(
                notice.Code, $"{day.Day:yyyy-MM-dd} {day.Account.Key}: {notice.Message}")))
            .Distinct());
        return notices;
    }

    /// <summary>What a reader of spread included credits should know.</summary>
    public static IEnumerable<Notice> OfSpread(IEnumerable<IncludedMonth> months) => months
        .Select(month => month.NetNanoCredits is null
            ? Create(
                "included-not-spread",
                $"{month.Month:yyyy-MM} {month.Account.Key}: a net is unknown, so nothing of the month is spread.")
            : Create(
                "included-spread",
                $"{month.Month:yyyy-MM} {month.Account.Key}: what is included is spread, so a day's net differs."));

    // Anthropic counts Priority Tier and fast mode, and bills neither in its cost report (Anthropic's API reference,
    // 2026-08).
    private static IEnumerable<Notice> OfUnbilledTiers(IReadOnlyList<DayOutcome> days) => days
        .SelectMany(day => day.Reconciliation.Charges)
        .Select(row => row.Charge)
        .Where(charge => charge is { View: BillView.MessagesUsage, Dimensions.ServiceTier.Text: { } tier }
            && tier.StartsWith("priority", StringComparison.OrdinalIgnoreCase))
        .GroupBy(charge => (charge.Account, Model: charge.Dimensions.Model.Text))
        .OrderBy(group => group.Key.Account)
        .ThenBy(group => group.Key.Model, StringComparer.Ordinal)
        .Select(group => Create(
            "priority-tier-not-billed",
            $"{group.Key.Account.Key}: {TokensOf(group)} were of Priority Tier, whose money is in no report."));

    private static string Unread(BillView view) =>
        $"{BillViewName.Of(view)} has rows that could not be read, so it is compared with nothing.";

    private static string TokensOf(IGrouping<(BillingAccount, string? Model), Charge> group) =>
        FormattableString.Invariant($"{group.Sum(charge => charge.Quantity ?? 0):0} tokens of {group.Key.Model}");

    private static string Counts((BillingAccount Account, DateOnly Day, bool HasComplete) bill) => bill.HasComplete
        ? "The newest bill has rows that could not be read, so the last complete one counts."
        : "Rows of the bill could not be read and are not in the figures. Mend the file and import it again.";

    private static Notice Create(string code, FormattableString message) =>
        new(code, message.ToString(CultureInfo.InvariantCulture));
}
