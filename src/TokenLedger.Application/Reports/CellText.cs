using System.Globalization;

namespace TokenLedger.Application.Reports;

/// <summary>Cells as people read them.</summary>
internal static class CellText
{
    public const string Unknown = "–";

    /// <summary>The texts of all rows, the totals last, columns rounded so that they add up.</summary>
    public static IReadOnlyList<string[]> Of(Table table)
    {
        var rows = table.Totals is { } totals ? table.Rows.Append(totals).ToList() : [.. table.Rows];
        var texts = rows.Select(_ => new string[table.Columns.Count]).ToList();
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var cells = rows.Select(row => row[column]).ToList();
            var shown = Adds(table, column)
                ? AddingUp.Round(
                    [.. cells.SkipLast(1).Select(cell => cell.Number)],
                    cells[^1].Number!.Value,
                    DecimalsOf(table.Columns[column].Kind)).Append(cells[^1].Number)
                : cells.Select(cell => cell.Number);
            foreach (var (row, number) in shown.Index())
                texts[row][column] = Format(cells[row] with { Number = number }, table.Columns[column].Kind);
        }

        return texts;
    }

    private static bool Adds(Table table, int column) =>
        table.Columns[column].Kind is ColumnKind.AiCredits or ColumnKind.Usd
            && table.Totals?[column].Number is not null;

    private static int DecimalsOf(ColumnKind kind) => kind switch
    {
        ColumnKind.AiCredits => 3,
        ColumnKind.Usd => 4,
        ColumnKind.Percent => 1,
        ColumnKind.Ratio => 4,
        _ => 0,
    };

    private static string Format(Cell cell, ColumnKind kind) => cell switch
    {
        { IsAtLeast: true, Number: not null } => "≥ " + Format(cell with { IsAtLeast = false }, kind),
        { Text: { } text } => text,
        { Number: { } number } when kind == ColumnKind.FineAiCredits =>
            number.ToString("#,##0.000000", CultureInfo.InvariantCulture),
        { Number: { } number } when kind == ColumnKind.UnitPrice =>
            number.ToString("#,##0.00######", CultureInfo.InvariantCulture),
        { Number: { } number } when kind == ColumnKind.Percent =>
            number.ToString("#,##0.0", CultureInfo.InvariantCulture) + " %",
        { Number: { } number } =>
            number.ToString("N" + DecimalsOf(kind).ToString(CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture),
        _ => Unknown,
    };
}
