using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TokenLedger.Application.Reports;

/// <summary>Outside text made harmless for where it is printed: names, branches and log lines are hostile.</summary>
public static partial class SafeText
{
    private const int RegexMilliseconds = 1000;

    // The wide forms too: some spreadsheets take them for the narrow ones.
    private const string FormulaStarts = "=+-@＝＋－＠";

    /// <summary>
    /// Without terminal escapes, control characters and invisible direction marks; line breaks become spaces.
    /// </summary>
    public static string ForTerminal(string text)
    {
        var rest = text.Contains('\u001b', StringComparison.Ordinal)
            || text.Contains('\u009b', StringComparison.Ordinal)
            ? TerminalEscapes().Replace(text, "")
            : text;
        if (!rest.Any(IsUnsafe))
            return rest;
        var safe = new StringBuilder(rest.Length);
        foreach (var letter in rest)
        {
            if (letter is '\n' or '\t')
                safe.Append(' ');
            else if (!IsUnsafe(letter))
                safe.Append(letter);
        }

        return safe.ToString();
    }

    /// <summary>A Markdown table cell that can start no markup, link, mention or new cell.</summary>
    public static string ForMarkdown(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        foreach (var letter in ForTerminal(text))
        {
            if (letter == '<')
                safe.Append("&lt;");
            else if (letter == '&')
                safe.Append("&amp;");
            else if (letter == '@')
                safe.Append("&#64;");
            else if (@"\`*_{}[]()#+!|~>".Contains(letter, StringComparison.Ordinal))
                safe.Append('\\').Append(letter);
            else
                safe.Append(letter);
        }

        return safe.ToString();
    }

    /// <summary>A CSV field (RFC 4180) that no spreadsheet takes for a formula.</summary>
    public static string ForCsv(string text)
    {
        var safe = ForTerminal(text);
        // A quote in front is what spreadsheets themselves write before text that looks like a formula (OWASP, CSV
        // injection).
        if (safe.AsSpan().TrimStart() is [var first, ..] && FormulaStarts.Contains(first, StringComparison.Ordinal))
            safe = "'" + safe;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe
            : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsUnsafe(char letter) =>
        char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // Control sequences (colours, cursor) and operating-system commands (titles, links), whole, so that no part stays
    // visible.
    [GeneratedRegex(
        @"(\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(\u0007|\u001b\\)?|\u001b.",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        RegexMilliseconds)]
    private static partial Regex TerminalEscapes();
}
