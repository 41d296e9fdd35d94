namespace TokenLedger.Application.Reports;

/// <summary>A table as a value, before any format.</summary>
/// <param name="Title">One line above it.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, one cell a column.</param>
/// <param name="Totals">The last row, which the rows add up to; null for none.</param>
/// <param name="Notes">Lines below it.</param>
public sealed record Table(
    string Title,
    IReadOnlyList<Column> Columns,
    IReadOnlyList<IReadOnlyList<Cell>> Rows,
    IReadOnlyList<Cell>? Totals = null,
    IReadOnlyList<string>? Notes = null);
