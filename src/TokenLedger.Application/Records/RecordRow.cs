namespace TokenLedger.Application.Records;

/// <summary>
/// A row of a record table. A column that was not set is unknown, which is never 0, false or empty.
/// </summary>
/// <remarks>Not safe for use by several threads while it is being filled.</remarks>
public sealed class RecordRow
{
    private const int KeyLengthMax = 500;
    private const int TextLengthMax = 8_000;
    private const int LongTextLengthMax = 200_000;

    private readonly Dictionary<string, object> values = new(StringComparer.Ordinal);

    /// <summary>An empty row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partitionKey">Any text of up to 500 characters; ranges of rows are ranges of it, ordinal.</param>
    /// <param name="rowKey">Any text of up to 500 characters.</param>
    public RecordRow(RecordTable table, string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentException.ThrowIfNullOrEmpty(partitionKey);
        ArgumentException.ThrowIfNullOrEmpty(rowKey);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(partitionKey.Length, KeyLengthMax, nameof(partitionKey));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowKey.Length, KeyLengthMax, nameof(rowKey));
        Table = table;
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>The table.</summary>
    public RecordTable Table { get; }

    /// <summary>The partition key.</summary>
    public string PartitionKey { get; }

    /// <summary>The key within the partition.</summary>
    public string RowKey { get; }

    /// <summary>A column as it was set: text, long, bool, day, UTC time or decimal; null when unknown.</summary>
    public object? this[string column] => values.GetValueOrDefault(Table.Column(column).Name);

    /// <summary>Sets a text; null leaves it unknown.</summary>
    /// <exception cref="ArgumentException">The column is of another kind, or the text too long.</exception>
    public RecordRow Set(string column, string? text)
    {
        var kind = KindOf(column, RecordColumnKind.Text, RecordColumnKind.LongText);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            text?.Length ?? 0, kind == RecordColumnKind.Text ? TextLengthMax : LongTextLengthMax, nameof(text));
        return SetValue(column, text);
    }

    /// <summary>Sets a whole number or nano-credits; null leaves it unknown.</summary>
    public RecordRow Set(string column, long? number)
    {
        KindOf(column, RecordColumnKind.Integer, RecordColumnKind.NanoCredits);
        return SetValue(column, number);
    }

    /// <summary>Sets a flag; null leaves it unknown.</summary>
    public RecordRow Set(string column, bool? flag)
    {
        KindOf(column, RecordColumnKind.Flag);
        return SetValue(column, flag);
    }

    /// <summary>Sets a day; null leaves it unknown.</summary>
    public RecordRow Set(string column, DateOnly? day)
    {
        KindOf(column, RecordColumnKind.Day);
        return SetValue(column, day);
    }

    /// <summary>Sets a time; null leaves it unknown.</summary>
    public RecordRow Set(string column, DateTimeOffset? time)
    {
        KindOf(column, RecordColumnKind.Time);
        return SetValue(column, time?.ToUniversalTime());
    }

    /// <summary>Sets an exact decimal; null leaves it unknown.</summary>
    public RecordRow Set(string column, decimal? number)
    {
        KindOf(column, RecordColumnKind.Number);
        return SetValue(column, number);
    }

    /// <summary>A text; null when unknown.</summary>
    public string? Text(string column) => this[column] as string;

    /// <summary>A whole number or nano-credits; null when unknown.</summary>
    public long? Integer(string column) => this[column] as long?;

    /// <summary>A flag; null when unknown.</summary>
    public bool? Flag(string column) => this[column] as bool?;

    /// <summary>A day; null when unknown.</summary>
    public DateOnly? Day(string column) => this[column] as DateOnly?;

    /// <summary>A UTC time; null when unknown.</summary>
    public DateTimeOffset? Time(string column) => this[column] as DateTimeOffset?;

    /// <summary>An exact decimal; null when unknown.</summary>
    public decimal? Number(string column) => this[column] as decimal?;

    private RecordColumnKind KindOf(string column, params ReadOnlySpan<RecordColumnKind> allowed)
    {
        var kind = Table.Column(column).Kind;
        return allowed.Contains(kind)
            ? kind
            : throw new ArgumentException($"{Table.Name}.{column} holds {kind}.", nameof(column));
    }

    private RecordRow SetValue<TValue>(string column, TValue? value)
    {
        if (value is null)
            values.Remove(column);
        else
            values[column] = value;
        return this;
    }
}
