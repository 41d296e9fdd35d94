using System.Globalization;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Reports;

/// <summary>Writes one table as CSV: every column, exact numbers, unknown empty, no totals row.</summary>
public static class CsvTableWriter
{
    /// <summary>Writes a table.</summary>
    public static void Write(TextWriter output, Table table)
    {
        WriteRow(output, table.Columns.Select(column => column.Key));
        foreach (var row in table.Rows)
            WriteRow(output, row.Select(Text));
    }

    // A number of ours may begin with a minus; only text can be a formula.
    private static string Text(Cell cell) => cell switch
    {
        { Text: { } text } => SafeText.ForCsv(text),
        { Number: { } number } => ExactDecimalConverter.Trim(number).ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    private static void WriteRow(TextWriter output, IEnumerable<string> fields)
    {
        output.Write(string.Join(',', fields));
        output.Write("\r\n");
    }
}
