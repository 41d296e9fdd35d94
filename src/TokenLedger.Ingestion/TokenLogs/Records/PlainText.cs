using System.Buffers;

namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Printable ASCII without a backslash: JSON text that stands for itself.</summary>
internal static class PlainText
{
    private static readonly SearchValues<byte> LineBytes = SearchValues.Create(AllBut('\\'));

    private static readonly SearchValues<byte> StringBytes = SearchValues.Create(AllBut('\\', '"'));

    /// <summary>Whether a whole line is plain, quotes allowed.</summary>
    public static bool IsLine(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(LineBytes);

    /// <summary>Whether the inside of a string is plain, quotes not allowed.</summary>
    public static bool IsString(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(StringBytes);

    /// <summary>
    /// The length of the plain string that a text starts with, up to its closing quote; -1 when there is none.
    /// </summary>
    public static int StringLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(StringBytes);
        return end >= 0 && text[end] == '"' ? end : -1;
    }

    /// <summary>The place of the next letter that is no space.</summary>
    public static int SkipSpaces(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
        return at;
    }

    private static byte[] AllBut(params char[] excluded) =>
        [.. Enumerable.Range(0x20, 0x7F - 0x20)
            .Where(letter => !excluded.Contains((char)letter))
            .Select(Convert.ToByte)];
}
