using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads a bill of any supported form, told apart by content.</summary>
public static class BillReader
{
    /// <summary>The days a file speaks of. Bad rows become problems; the rest goes on.</summary>
    /// <param name="content">The whole file: bills are bounded at 512 MiB.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <param name="hints">What flags say; the file wins and a contradiction is a problem.</param>
    /// <param name="names">Model names.</param>
    public static BillFile Read(ReadOnlyMemory<byte> content, string source, BillHints hints, ModelNames names)
    {
        ArgumentNullException.ThrowIfNull(hints);
        ArgumentNullException.ThrowIfNull(names);
        var log = new BillLog(source);
        content = ReceiptLine.Strip(content);
        var text = WithoutByteOrderMark(content);
        var first = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0 || text.Length > BillLimits.ContentBytes)
        {
            log.Problem(null, BillCodes.EmptyOrTooLarge, first < 0
                ? "The file is empty: export or fetch it again."
                : "The file is over 512 MiB: split it by day.");
            return log.ToFile(null, []);
        }

        var checks = new BillChecks();
        var (format, days) = text.Span[first] is (byte)'{' or (byte)'['
            ? new JsonBill(hints, names, log, checks).Read(text.Span)
            : new CsvBill(hints, names, log, checks).Read(content);
        checks.Report(log);
        return log.ToFile(format, days);
    }

    private static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith("\uFEFF"u8) ? content[3..] : content;
}
