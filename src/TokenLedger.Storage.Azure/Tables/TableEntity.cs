using System.Diagnostics.CodeAnalysis;
using Azure;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>One row. A column that was left out is unknown and reads as null.</summary>
public sealed class TableEntity
{
    private readonly Dictionary<string, TableValue> columns = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A key is not legal: see <see cref="TableKey"/>.</exception>
    public TableEntity(string partitionKey, string rowKey)
    {
        TableLimits.CheckKey(partitionKey, nameof(partitionKey));
        TableLimits.CheckKey(rowKey, nameof(rowKey));
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public string PartitionKey { get; }

    public string RowKey { get; }

    /// <summary>The version that was read; null when the row was not read, or by a query without ETags.</summary>
    public ETag? ETag { get; init; }

    public IReadOnlyDictionary<string, TableValue> Columns => columns;

    /// <summary>Setting null or a value that is none takes the column out.</summary>
    /// <exception cref="ArgumentException">The column's name or the value is not storable.</exception>
    [SuppressMessage("Design", "CA1044", Justification = "Reading is by kind, below.")]
    public TableValue? this[string column]
    {
        set
        {
            TableLimits.CheckColumn(column);
            columns.Remove(column);
            if (value is not { HasValue: true } given)
                return;
            TableLimits.CheckValue(column, given);
            columns[column] = given;
        }
    }

    /// <exception cref="InvalidCastException">The column is of another kind. So for every method below.</exception>
    public string? Text(string column) => Find(column)?.AsText();

    public int? Int32(string column) => Find(column)?.AsInt32();

    public long? Int64(string column) => Find(column)?.AsInt64();

    public bool? Boolean(string column) => Find(column)?.AsBoolean();

    public double? Double(string column) => Find(column)?.AsDouble();

    public DateTimeOffset? Instant(string column) => Find(column)?.AsInstant();

    public byte[]? Binary(string column) => Find(column)?.AsBinary();

    public Guid? Guid(string column) => Find(column)?.AsGuid();

    // Keys contain names of repositories and workflows; they do not belong in a log.
    public override string ToString() => $"row with {columns.Count} columns";

    private TableValue? Find(string column) => columns.TryGetValue(column, out var value) ? value : (TableValue?)null;
}
