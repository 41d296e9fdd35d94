using System.Globalization;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>A condition on rows. Columns are checked and values quoted, so no text can change its meaning.</summary>
public sealed class TableFilter
{
    private readonly string text;
    private readonly int comparisons;

    private TableFilter(string text, int comparisons)
    {
        if (comparisons > TableLimits.FilterComparisonsMax)
            throw new ArgumentException(
                $"A filter has at most {TableLimits.FilterComparisonsMax} comparisons.", nameof(comparisons));
        this.text = text;
        this.comparisons = comparisons;
    }

    public static TableFilter Equal(string column, TableValue value) => Compare(column, "eq", value);

    public static TableFilter NotEqual(string column, TableValue value) => Compare(column, "ne", value);

    public static TableFilter Greater(string column, TableValue value) => Compare(column, "gt", value);

    public static TableFilter GreaterOrEqual(string column, TableValue value) => Compare(column, "ge", value);

    public static TableFilter Less(string column, TableValue value) => Compare(column, "lt", value);

    public static TableFilter LessOrEqual(string column, TableValue value) => Compare(column, "le", value);

    public static TableFilter Partition(string partitionKey) => Equal("PartitionKey", partitionKey);

    /// <summary>Keys from start, inclusive, to end, exclusive, in ordinal order.</summary>
    public static TableFilter Range(string column, string startInclusive, string endExclusive) =>
        GreaterOrEqual(column, startInclusive).And(Less(column, endExclusive));

    /// <summary>Texts that begin with a prefix.</summary>
    /// <exception cref="ArgumentException">The prefix is empty or ends in a character that none follows.</exception>
    public static TableFilter Prefix(string column, string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        var next = (char)(prefix[^1] + (prefix[^1] == char.MaxValue ? 0 : 1));
        if (char.IsSurrogate(prefix[^1]) || char.IsSurrogate(next) || next == prefix[^1])
            throw new ArgumentException("A prefix ends in a character that another follows.", nameof(prefix));
        return Range(column, prefix, prefix[..^1] + next);
    }

    public TableFilter And(TableFilter other) => Combine("and", other);

    public TableFilter Or(TableFilter other) => Combine("or", other);

    public TableFilter Not() => new($"not ({text})", comparisons);

    /// <summary>As the service reads it.</summary>
    public override string ToString() => text;

    private static TableFilter Compare(string column, string comparison, TableValue value)
    {
        if (!TableLimits.IsSystem(column))
            TableLimits.CheckColumn(column);
        if (!value.HasValue)
            throw new ArgumentException("A column that was left out cannot be compared with.", nameof(value));
        return new($"{column} {comparison} {Literal(value)}", 1);
    }

    private static string Literal(TableValue value) => value.Kind switch
    {
        TableColumnKind.Text => $"'{value.AsText().Replace("'", "''", StringComparison.Ordinal)}'",
        TableColumnKind.Int32 => value.AsInt32().ToString(CultureInfo.InvariantCulture),
        TableColumnKind.Int64 => value.AsInt64().ToString(CultureInfo.InvariantCulture) + "L",
        TableColumnKind.Boolean => value.AsBoolean() ? "true" : "false",
        TableColumnKind.Double => DoubleText.Of(value.AsDouble()),
        TableColumnKind.Instant => $"datetime'{InstantText.Of(value.AsInstant())}'",
        TableColumnKind.Binary => $"X'{Convert.ToHexStringLower(value.AsBinary())}'",
        TableColumnKind.Guid => $"guid'{value.AsGuid():D}'",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private TableFilter Combine(string word, TableFilter other) =>
        new($"({text}) {word} ({other.text})", comparisons + other.comparisons);
}
