using TokenLedger.Application.Explaining;

namespace TokenLedger.Application.Reports;

/// <summary>Writes an explanation as a nested list of GitHub Markdown.</summary>
public static class ExplanationMarkdownWriter
{
    /// <summary>Writes a tree.</summary>
    public static void Write(TextWriter output, ExplanationDocument document) => Write(output, document.Root, 0);

    private static void Write(TextWriter output, ExplanationNode node, int depth)
    {
        var figures = ExplanationFigureText.Of(node.Figures);
        var facts = ExplanationFigureText.Of(node.Facts);
        output.Write(new string(' ', depth * 2));
        output.Write($"- **{SafeText.ForMarkdown(node.Label)}**");
        if (figures.Length > 0)
            output.Write($": {SafeText.ForMarkdown(figures)}");
        if (facts.Length > 0)
            output.Write($" · {SafeText.ForMarkdown(facts)}");
        output.Write('\n');
        foreach (var child in node.Children)
            Write(output, child, depth + 1);
    }
}
