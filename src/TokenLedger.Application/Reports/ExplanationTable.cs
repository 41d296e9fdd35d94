using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Explaining;

namespace TokenLedger.Application.Reports;

/// <summary>An explanation as flat rows, one a node, in the order of the tree.</summary>
public static class ExplanationTable
{
    /// <summary>The table.</summary>
    public static Table Of(ExplanationDocument document)
    {
        var rows = new List<IReadOnlyList<Cell>>();
        Add(rows, document.Root, "1");
        return new Table(
            "",
            [
                new("path", "Path"), new("kind", "Kind"), new("label", "Label"), new("part", "Part"),
                new("estimatedAiCredits", "Estimated", ColumnKind.AiCredits),
                new("billedAiCredits", "Billed", ColumnKind.AiCredits),
                new("billedGrossUsd", "Gross USD", ColumnKind.Usd), new("billedNetUsd", "Net USD", ColumnKind.Usd),
                new("facts", "Facts"),
            ],
            rows);
    }

    // The path counts the children from 1: 1.2.1 is the first child of the root's second.
    private static void Add(List<IReadOnlyList<Cell>> rows, ExplanationNode node, string path)
    {
        rows.Add(
        [
            path, WireNames.Of(node.Kind), node.Label, node.IsPart ? "true" : "false",
            node.Figures.EstimatedAiCredits, node.Figures.BilledAiCredits, node.Figures.BilledGrossUsd,
            node.Figures.BilledNetUsd, ExplanationFigureText.Of(node.Facts),
        ]);
        foreach (var (at, child) in node.Children.Index())
            Add(rows, child, string.Create(CultureInfo.InvariantCulture, $"{path}.{at + 1}"));
    }
}
