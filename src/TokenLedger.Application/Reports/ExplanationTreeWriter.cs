using TokenLedger.Application.Explaining;

namespace TokenLedger.Application.Reports;

/// <summary>Writes an explanation for a terminal: a tree whose lines wrap inside their branch.</summary>
public static class ExplanationTreeWriter
{
    // However deep a branch is, this much of a line is left for words.
    private const int TextWidthMin = 16;

    // A name longer than any that a person gave; the other formats hold it whole.
    private const int TextLengthMax = 240;

    /// <summary>Writes a tree.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="document">The explanation.</param>
    /// <param name="width">The terminal's columns.</param>
    public static void Write(TextWriter output, ExplanationDocument document, int width) =>
        Write(output, document.Root, "", "", width);

    private static void Write(TextWriter output, ExplanationNode node, string first, string rest, int width)
    {
        var below = node.Children.Count > 0 ? rest + "│  " : rest + "   ";
        var lead = first;
        foreach (var text in TextsOf(node))
        {
            foreach (var line in TextWrap.Lines(text, Math.Max(width - below.Length, TextWidthMin)))
            {
                // Line feeds on every platform: output is compared and piped.
                output.Write($"{lead}{line.Trim()}".TrimEnd() + "\n");
                lead = below;
            }
        }

        for (var at = 0; at < node.Children.Count; at++)
        {
            var isLast = at == node.Children.Count - 1;
            Write(output, node.Children[at], rest + (isLast ? "└─ " : "├─ "), rest + (isLast ? "   " : "│  "), width);
        }
    }

    private static IEnumerable<string> TextsOf(ExplanationNode node)
    {
        yield return Shown(node.Label);
        if (ExplanationFigureText.Of(node.Figures) is { Length: > 0 } figures)
            yield return figures;
        if (node.Facts.Count > 0)
        {
            yield return ExplanationFigureText.Of(
                [.. node.Facts.Select(fact => fact with { Text = Shown(fact.Text) })]);
        }
    }

    private static string Shown(string text)
    {
        var safe = SafeText.ForTerminal(text);
        return safe.Length <= TextLengthMax ? safe : safe[..TextLengthMax] + "…";
    }
}
