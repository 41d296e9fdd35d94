namespace TokenLedger.Application.Reports;

/// <summary>Writes tables for a terminal: columns are dropped before anything is cut, and names wrap.</summary>
public static class TextTableWriter
{
    private const string Gap = "  ";

    // Narrower than this a wrapped name is no longer a name.
    private const int NameWidthMin = 12;

    // A name as long as a text must not take the place of figures: beyond this it wraps before a column is dropped.
    private const int NameWidthMax = 40;

    // A name longer than any that a person gave; the other formats hold it whole.
    private const int TextLengthMax = 240;

    /// <summary>Writes tables one below the other.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="width">The terminal's columns.</param>
    public static void Write(TextWriter output, IEnumerable<Table> tables, int width)
    {
        var isFirst = true;
        foreach (var table in tables)
        {
            if (!isFirst)
                output.Write('\n');
            isFirst = false;
            Write(output, table, width);
        }
    }

    private static void Write(TextWriter output, Table table, int width)
    {
        if (table.Title.Length > 0)
            WriteLines(output, table.Title, width);
        if (table.Rows.Count > 0)
            WriteGrid(output, table, width);
        foreach (var note in table.Notes ?? [])
            WriteLines(output, note, width);
    }

    private static void WriteLines(TextWriter output, string text, int width)
    {
        foreach (var line in TextWrap.Lines(SafeText.ForTerminal(text), width))
            WriteLine(output, line);
    }

    private static void WriteGrid(TextWriter output, Table table, int width)
    {
        var texts = CellText.Of(table).Select(row => row.Select(Shown).ToArray()).ToList();
        var columns = Fit(table, texts, width, out var widths);
        WriteRow(output, table, columns, widths, [.. table.Columns.Select(column => column.Header)]);
        var rule = columns.Sum(column => widths[column]) + (Gap.Length * (columns.Count - 1));
        WriteLine(output, new string('─', rule));
        for (var row = 0; row < texts.Count; row++)
        {
            if (table.Totals is not null && row == texts.Count - 1)
                WriteLine(output, new string('─', rule));
            WriteRow(output, table, columns, widths, texts[row]);
        }
    }

    private static string Shown(string text)
    {
        var safe = SafeText.ForTerminal(text);
        return safe.Length <= TextLengthMax ? safe : safe[..TextLengthMax] + "…";
    }

    private static List<int> Fit(Table table, List<string[]> texts, int width, out int[] widths)
    {
        var natural = table.Columns
            .Select((column, index) => Math.Max(column.Header.Length, texts.Max(row => row[index].Length)))
            .ToArray();
        var kept = Enumerable.Range(0, table.Columns.Count).Where(column => HasValue(table, column)).ToList();
        int Total() => kept.Sum(column => natural[column]) + (Gap.Length * (kept.Count - 1));
        int Least(int column) => table.Columns[column].Kind == ColumnKind.Text
            ? Math.Min(natural[column], Math.Max(NameWidthMax, table.Columns[column].Header.Length))
            : natural[column];
        while (kept.Sum(Least) + (Gap.Length * (kept.Count - 1)) > width
            && kept.Exists(column => table.Columns[column].Priority > 0))
            kept.Remove(kept.MaxBy(column => table.Columns[column].Priority));
        // What still does not fit is text: the widest column wraps until the row fits or it is as narrow as it may be.
        while (Total() > width)
        {
            var widest = kept
                .Where(column => table.Columns[column].Kind == ColumnKind.Text && natural[column] > NameWidthMin)
                .DefaultIfEmpty(-1)
                .MaxBy(column => column < 0 ? 0 : natural[column]);
            if (widest < 0)
                break;
            natural[widest]--;
        }

        widths = natural;
        return kept;
    }

    private static bool HasValue(Table table, int column)
    {
        if (table.Columns[column].OnlyWith is not { } key)
            return true;
        var with = table.Columns.ToList().FindIndex(other => string.Equals(other.Key, key, StringComparison.Ordinal));
        return table.Rows.Any(row => row[with] != Cell.Unknown);
    }

    private static void WriteRow(TextWriter output, Table table, List<int> columns, int[] widths, string[] texts)
    {
        var cells = columns.Select(column => TextWrap.Lines(texts[column], widths[column]).ToList()).ToList();
        var height = cells.Max(lines => lines.Count);
        for (var line = 0; line < height; line++)
        {
            var parts = columns.Select((column, index) =>
            {
                var text = line < cells[index].Count ? cells[index][line] : "";
                return table.Columns[column].Kind == ColumnKind.Text ? text.PadRight(widths[column])
                    : text.PadLeft(widths[column]);
            });
            WriteLine(output, string.Join(Gap, parts).TrimEnd());
        }
    }

    // Line feeds on every platform: output is compared and piped.
    private static void WriteLine(TextWriter output, string line)
    {
        output.Write(line);
        output.Write('\n');
    }
}
