using System.Globalization;
using TokenLedger.Domain;

namespace TokenLedger.Application.Reconciling;

/// <summary>What a reader of a period should know, in one list.</summary>
internal static class PeriodNotices
{
    public static IReadOnlyList<Notice> Of(IReadOnlyList<PeriodRun> runs, IReadOnlyList<DayOutcome> days)
    {
        var notices = new List<Notice>();
        var bare = runs.Count(run => !run.Run.HasTelemetry);
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

        notices.AddRange(days
            .Select(day => day.Reconciliation)
            .SelectMany(day => day.Notices.Select(notice => Create(
                notice.Code, $"{day.Day:yyyy-MM-dd} {day.Account.Key}: {notice.Message}")))
            .Distinct());
        return notices;
    }

    private static Notice Create(string code, FormattableString message) =>
        new(code, message.ToString(CultureInfo.InvariantCulture));
}
