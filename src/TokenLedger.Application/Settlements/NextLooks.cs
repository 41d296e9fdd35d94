using TokenLedger.Application.Configuration;
using TokenLedger.Application.Exporting;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Settlements;

/// <summary>Tells when a day of a bill is asked for next: one of its views, or a report.</summary>
internal sealed class NextLooks
{
    private readonly ILookup<BillingAccount, PolledView> views;
    private readonly ILookup<BillingAccount, (BillView View, DateTimeOffset? NotBefore)> reports;

    private NextLooks(
        ILookup<BillingAccount, PolledView> views,
        ILookup<BillingAccount, (BillView View, DateTimeOffset? NotBefore)> reports) =>
        (this.views, this.reports) = (views, reports);

    /// <summary>Reads when reports were asked for last.</summary>
    public static async Task<NextLooks> ReadAsync(
        LedgerConfiguration configuration, IEnumerable<IBillingSource> providers, IReportSource reports,
        ICheckpoints checkpoints, CancellationToken cancellation)
    {
        var book = new ExportBook(checkpoints);
        var asked = new List<(BillingAccount Account, BillView View, DateTimeOffset? NotBefore)>();
        foreach (var source in PolledReports.Of(configuration, reports))
        {
            var mark = await book.ReadAsync(source.Account, cancellation);
            asked.AddRange(reports.ViewsOf(source).Select(view => (source.Account, view, mark.NotBefore(view))));
        }

        return new NextLooks(
            PolledViews.Of(configuration, providers).ToLookup(view => view.Account),
            asked.ToLookup(report => report.Account, report => (report.View, report.NotBefore)));
    }

    /// <summary>When a day is asked for next, UTC; in the past when it is due. Null when it is not.</summary>
    /// <param name="day">The account and the day.</param>
    /// <param name="looks">The looks at the day.</param>
    /// <param name="refusals">What was refused of it.</param>
    /// <param name="hasUsage">Whether runs are known to have used something.</param>
    /// <param name="lags">How late the account's bill is; null when that is not known.</param>
    /// <param name="now">The time of asking, UTC.</param>
    public DateTimeOffset? Of(
        DaySettlement day, IReadOnlyList<Observation> looks, IReadOnlyList<RememberedRefusal> refusals, bool hasUsage,
        LearnedLags? lags, DateTimeOffset now)
    {
        var ofViews = views[day.Account]
            .Where(view => view.Provider.Covers(view.Source, day.Day))
            .Select(view => Next(
                look => look.View == view.View && IsOf(view, look.Filter),
                refusals.FirstOrDefault(refusal => refusal.View == view.View && IsOf(view, refusal.Filter))?.RetryAt));
        var ofReports = reports[day.Account].Select(report => Next(
            look => look.Filter.Length == 0 && ReportFiles.IsAskedFor(report.View, look.View), report.NotBefore));
        return ofViews.Concat(ofReports)
            .Where(next => next.Kind != PollDecisionKind.Never)
            .Select(next => (DateTimeOffset?)next.At)
            .Min();

        PollDecision Next(Func<Observation, bool> isLook, DateTimeOffset? notBefore) => PollSchedule.Next(
            day.Account, day.Day, [.. looks.Where(isLook)], hasUsage, notBefore, now, lags);
    }

    private static bool IsOf(PolledView view, string filter) =>
        string.Equals(view.Filter, filter, StringComparison.Ordinal);
}
