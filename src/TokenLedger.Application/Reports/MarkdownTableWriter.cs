namespace TokenLedger.Application.Reports;

/// <summary>Writes tables as GitHub Markdown.</summary>
public static class MarkdownTableWriter
{
    /// <summary>Writes tables one below the other.</summary>
    public static void Write(TextWriter output, IEnumerable<Table> tables)
    {
        foreach (var table in tables)
        {
            if (table.Title.Length > 0)
                output.Write($"### {SafeText.ForMarkdown(table.Title)}\n\n");
            if (table.Rows.Count > 0)
                WriteGrid(output, table);
            foreach (var note in table.Notes ?? [])
                output.Write($"{SafeText.ForMarkdown(note)}\n\n");
        }
    }

    private static void WriteGrid(TextWriter output, Table table)
    {
        WriteRow(output, table.Columns.Select(column => SafeText.ForMarkdown(column.Header)));
        WriteRow(output, table.Columns.Select(column => column.Kind == ColumnKind.Text ? "---" : "---:"));
        var texts = CellText.Of(table);
        for (var row = 0; row < texts.Count; row++)
        {
            var isTotal = table.Totals is not null && row == texts.Count - 1;
            WriteRow(
                output, texts[row].Select(SafeText.ForMarkdown)
                    .Select(text => isTotal && text.Length > 0 ? $"**{text}**" : text));
        }

        output.Write('\n');
    }

    private static void WriteRow(TextWriter output, IEnumerable<string> cells) =>
        output.Write($"| {string.Join(" | ", cells)} |\n");
}
