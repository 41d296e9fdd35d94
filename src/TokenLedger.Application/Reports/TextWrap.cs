namespace TokenLedger.Application.Reports;

/// <summary>Breaks text into lines at words, paths and hyphens.</summary>
internal static class TextWrap
{
    /// <summary>The lines, none longer than the width; at least one.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var rest = text;
        while (rest.Length > width)
        {
            var end = BreakOf(rest, width);
            yield return rest[..end].TrimEnd();
            rest = rest[end..];
        }

        yield return rest;
    }

    // An option is copied as it stands: no line ends inside of it while it fits into one.
    private static int BreakOf(string text, int width)
    {
        for (var at = width - 1; at >= width / 2; at--)
        {
            if (text[at] == ' ' || (text[at] is '/' or '-' && !IsOption(text, WordOf(text, at))))
                return at + 1;
        }

        var word = WordOf(text, width - 1);
        return word > 0 && IsOption(text, word) ? word : width;
    }

    private static int WordOf(string text, int at) => text.LastIndexOf(' ', at) + 1;

    private static bool IsOption(string text, int word) =>
        text.AsSpan(word).TrimStart("'\"(").StartsWith("--", StringComparison.Ordinal);
}
