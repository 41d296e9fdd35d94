using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Polling;

/// <summary>The sources of whose bills reports are asked for, one an account.</summary>
internal static class PolledReports
{
    public static IEnumerable<SourceConfiguration> Of(LedgerConfiguration configuration, IReportSource reports) =>
        configuration.Sources
            .Where(source => source.IsPolled && reports.ViewsOf(source).Count > 0)
            .DistinctBy(source => source.Account);
}
