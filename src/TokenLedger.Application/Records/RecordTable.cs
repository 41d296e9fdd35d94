namespace TokenLedger.Application.Records;

/// <summary>
/// A table of rows with a partition key and a row key, alike on SQLite and Azure. Columns are added, never renamed or
/// given another kind.
/// </summary>
/// <param name="Name">The table's name: lower-case letters and digits, a letter first, 3 to 50 characters.</param>
/// <param name="Columns">The columns beside <c>partitionkey</c>, <c>rowkey</c> and <c>version</c>, in order.</param>
public sealed record RecordTable(string Name, IReadOnlyList<RecordColumn> Columns)
{
    /// <summary>
    /// Whether its rows are decisions of people or of the service, which no raw file tells again: a rebuilt ledger
    /// takes them over. Others can be made anew.
    /// </summary>
    public bool IsAuthored { get; init; }

    /// <summary>The column.</summary>
    /// <exception cref="ArgumentException">The table has none of that name.</exception>
    public RecordColumn Column(string name) =>
        Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"{Name} has no column {name}.", nameof(name));
}
