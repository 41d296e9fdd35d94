using System.Globalization;
using System.Text;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// A last line of ours behind a fetched CSV: when it was asked for. Two equal reports are two looks and so must be two
/// files, and looks must be able to be made again from the files.
/// </summary>
public static class ReceiptLine
{
    private const string Start = "#tokenledger requestedAt=";

    // The line is about 60 bytes.
    private const int LineBytesMax = 128;

    /// <summary>The file with the line behind it.</summary>
    public static ReadOnlyMemory<byte> Append(ReadOnlyMemory<byte> content, DateTimeOffset requestedAt)
    {
        var line = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Start}{requestedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffZ}\n"));
        var isEnded = content.Length == 0 || content.Span[^1] == (byte)'\n';
        byte[] whole = [.. content.Span, .. isEnded ? [] : "\n"u8, .. line];
        return whole;
    }

    /// <summary>The file without the line, if it has one.</summary>
    internal static ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> content)
    {
        var tail = content.Span[Math.Max(0, content.Length - LineBytesMax)..];
        var at = tail.LastIndexOf(Encoding.UTF8.GetBytes("\n" + Start));
        return at < 0 ? content : content[..(content.Length - tail.Length + at + 1)];
    }
}
