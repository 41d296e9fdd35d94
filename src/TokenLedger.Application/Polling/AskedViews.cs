using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Polling;

/// <summary>What is asked for as it is configured: views of bills, and reports.</summary>
internal static class AskedViews
{
    public static IReadOnlyList<ViewKey> Of(
        LedgerConfiguration configuration, IEnumerable<IBillingSource> providers, IReportSource? reports) =>
    [
        .. PolledViews.Of(configuration, providers).Select(view => view.Key),
        .. reports is null
            ? []
            : from source in PolledReports.Of(configuration, reports)
              from view in reports.ViewsOf(source)
              select new ViewKey(source.Account, view),
    ];
}
