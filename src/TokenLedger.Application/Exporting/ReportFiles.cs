using System.Globalization;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Importing;
using TokenLedger.Application.Polling;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Application.Exporting;

/// <summary>Fetches the files of a report and keeps them as one look at each of its days.</summary>
internal sealed class ReportFiles(IReportSource reports, TakeBill take, UnqueuedLooks looks)
{
    // As for imports: a bill is held in memory while it is read.
    private const long BytesMax = 512L * 1024 * 1024;

    /// <summary>Keeps the report; the refusal when it cannot be.</summary>
    public async Task<ProviderRefusal?> TakeAsync(
        SourceConfiguration source, ExportMark report, IReadOnlyList<Uri> addresses, DateTimeOffset requestedAt,
        CancellationToken cancellation)
    {
        var content = new MemoryStream();
        byte[]? header = null;
        foreach (var address in addresses)
        {
            using var part = new MemoryStream();
            var refusal = await reports.DownloadAsync(
                source, address, part, BytesMax - content.Length, cancellation);
            if (refusal is not null)
                return refusal;
            if (!Append(content, part.GetBuffer().AsSpan(0, (int)part.Length), ref header))
                return Malformed("its files have different columns");
        }

        for (var day = report.From; day < report.To; day = day.AddDays(1))
            await looks.MarkAsync(day, cancellation);
        var (bill, _) = await take.ExecuteAsync(
            NameOf(source, report),
            ReceiptLine.Append(content.GetBuffer().AsMemory(0, (int)content.Length), requestedAt),
            new BillHints { Enterprise = source.Account.Name }, requestedAt, cancellation);
        for (var day = report.From; day < report.To; day = day.AddDays(1))
            await looks.QueueAsync(day, cancellation);
        if (bill.Days.Count == 0)
            return Malformed(bill.Problems.Count > 0 ? bill.Problems[0].Message.TrimEnd('.') : "it has no rows");
        return bill.Days.Any(day => IsAskedFor(report.View, day.View))
            ? null
            : Malformed($"it is another report ({bill.Format}), and was kept as that");
    }

    /// <summary>Whether a view is that of a report which was asked for as another.</summary>
    public static bool IsAskedFor(BillView asked, BillView seen) =>
        seen == asked || (asked == BillView.DetailedReport && seen == BillView.DetailedReportByWorkflow);

    // Every file has a header of its own.
    private static bool Append(MemoryStream content, ReadOnlySpan<byte> part, ref byte[]? header)
    {
        var end = part.IndexOf((byte)'\n') + 1;
        var own = end == 0 ? part : part[..end];
        if (header is null)
        {
            header = own.ToArray();
            content.Write(own);
        }
        else if (!own.SequenceEqual(header))
        {
            return false;
        }

        content.Write(part[own.Length..]);
        if (content.Length > 0 && content.GetBuffer()[content.Length - 1] != (byte)'\n')
            content.WriteByte((byte)'\n');
        return true;
    }

    private static string NameOf(SourceConfiguration source, ExportMark report)
    {
        var view = BillViewName.Of(report.View).Replace('/', '-').Replace('_', '-');
        return string.Create(
            CultureInfo.InvariantCulture,
            $"github-enterprise-{Uri.EscapeDataString(source.Account.Name)}-{view}-{report.From:yyyy-MM-dd}.csv");
    }

    private static ProviderRefusal Malformed(string reason) => new(
        ProviderRefusal.Malformed, $"The report cannot be used as it was asked for: {reason}.", null);
}
