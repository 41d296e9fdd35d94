namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// Passes over an object or a list that nobody reads: plain strings, plain numbers, true, false, null, and more such.
/// </summary>
/// <remarks>
/// Some releases put one into every record (<c>billing</c>, <c>steering</c>), which must not cost the quick way.
/// </remarks>
internal static class PlainNested
{
    // Far over what a proxy writes, and far under what the JSON reader accepts.
    private const int DepthMax = 8;

    /// <summary>The length of the value that a text starts with; 0 when it is not plain.</summary>
    public static int Length(ReadOnlySpan<byte> text) => LengthOf(text, DepthMax);

    private static int LengthOf(ReadOnlySpan<byte> text, int depth)
    {
        switch (text.IsEmpty ? default : text[0])
        {
            case (byte)'"':
                return PlainText.StringLength(text[1..]) is var length and >= 0 ? length + 2 : 0;
            case (byte)'{':
                return depth == 0 ? 0 : MembersLength(text, (byte)'}', depth - 1);
            case (byte)'[':
                return depth == 0 ? 0 : MembersLength(text, (byte)']', depth - 1);
            case (byte)'t':
                return text.StartsWith("true"u8) ? 4 : 0;
            case (byte)'f':
                return text.StartsWith("false"u8) ? 5 : 0;
            case (byte)'n':
                return text.StartsWith("null"u8) ? 4 : 0;
            default:
                return PlainNumber.Read(text, out _);
        }
    }

    private static int MembersLength(ReadOnlySpan<byte> text, byte close, int depth)
    {
        var at = PlainText.SkipSpaces(text, 1);
        if (at < text.Length && text[at] == close)
            return at + 1;
        while (at < text.Length && (close == ']' || TryPassName(text, ref at)))
        {
            var length = LengthOf(text[at..], depth);
            at = PlainText.SkipSpaces(text, at + length);
            if (length == 0 || at >= text.Length)
                return 0;
            if (text[at] == close)
                return at + 1;
            if (text[at] != ',')
                return 0;
            at = PlainText.SkipSpaces(text, at + 1);
        }

        return 0;
    }

    private static bool TryPassName(ReadOnlySpan<byte> text, ref int at)
    {
        var length = text[at] == '"' ? PlainText.StringLength(text[(at + 1)..]) : -1;
        at = PlainText.SkipSpaces(text, at + length + 2);
        if (length < 0 || at >= text.Length || text[at] != ':')
            return false;
        at = PlainText.SkipSpaces(text, at + 1);
        return true;
    }
}
