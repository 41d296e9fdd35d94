using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Ports;

/// <summary>Has a provider write reports of a bill, which takes it minutes.</summary>
public interface IReportSource
{
    /// <summary>The days that one report may hold.</summary>
    int DaysMax { get; }

    /// <summary>The views to ask reports for of a source, in the order of asking; empty for none.</summary>
    IReadOnlyList<BillView> ViewsOf(SourceConfiguration source);

    /// <summary>Has a report made.</summary>
    /// <param name="source">Whose bill; it has a token.</param>
    /// <param name="view">One of <see cref="ViewsOf"/>; the report received may be of another.</param>
    /// <param name="from">The first UTC day.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <returns>The report's id; <see cref="ProviderRefusal.Busy"/> while another one is being made.</returns>
    Task<ProviderAnswer<string>> StartAsync(
        SourceConfiguration source, BillView view, DateOnly from, DateOnly to, CancellationToken cancellation);

    /// <summary>How far a report is.</summary>
    Task<ProviderAnswer<ReportState>> FindAsync(
        SourceConfiguration source, string id, CancellationToken cancellation);

    /// <summary>Writes one of a report's files; null when it is whole.</summary>
    Task<ProviderRefusal?> DownloadAsync(
        SourceConfiguration source, Uri address, Stream target, long bytesMax, CancellationToken cancellation);
}
