using System.Text.RegularExpressions;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>What the service refuses, checked before anything is sent: the emulator accepts much of it.</summary>
/// <remarks>Source: the service's documentation and measurements, November 2026.</remarks>
public static partial class TableLimits
{
    public const int KeyCharactersMax = 512;
    public const int TextCharactersMax = 32_768;
    public const int BinaryBytesMax = 65_536;
    public const int ColumnsMax = 252;
    public const int EntityBytesMax = 1_048_576;
    public const int BatchOperationsMax = 100;
    public const int BatchBytesMax = 4_194_304;
    public const int PageRowsMax = 1_000;

    /// <summary>The service answers 400 to a filter with more.</summary>
    public const int FilterComparisonsMax = 15;

    private static readonly DateTimeOffset FirstInstant = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ArgumentException">Too long, or with a character that no key may have.</exception>
    public static void CheckKey(string key, string parameter)
    {
        ArgumentNullException.ThrowIfNull(key, parameter);
        if (key.Length > KeyCharactersMax)
            throw new ArgumentException($"A key has at most {KeyCharactersMax} UTF-16 characters.", parameter);
        if (key.AsSpan().ContainsAny("/\\#?") || key.Any(char.IsControl))
            throw new ArgumentException("A key has no / \\ # ? and no control character: see TableKey.", parameter);
        if (HasLoneSurrogate(key))
            throw new ArgumentException("A key is well-formed UTF-16: see TableKey.", parameter);
    }

    /// <exception cref="ArgumentException">Not 3 to 63 lower-case letters and digits, or reserved.</exception>
    public static void CheckTableName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!TableName().IsMatch(name) || name is "tables")
            throw new ArgumentException(
                "A table's name is a lower-case letter and 2 to 62 lower-case letters or digits, and not 'tables'.",
                nameof(name));
    }

    /// <exception cref="ArgumentException">No identifier of at most 255 characters, or one of the system's.</exception>
    public static void CheckColumn(string column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (!ColumnName().IsMatch(column))
            throw new ArgumentException(
                "A column's name is a letter or _ and up to 254 letters, digits or _.", nameof(column));
        if (IsSystem(column))
            throw new ArgumentException("PartitionKey, RowKey and Timestamp are the system's columns.", nameof(column));
    }

    internal static bool IsSystem(string column) => column is "PartitionKey" or "RowKey" or "Timestamp";

    internal static void CheckValue(string column, TableValue value)
    {
        switch (value.Kind)
        {
            case TableColumnKind.Text when value.AsText().Length > TextCharactersMax:
                throw new ArgumentException(
                    $"A text has at most {TextCharactersMax} UTF-16 characters (64 KiB): {column}.", nameof(value));
            case TableColumnKind.Text when HasLoneSurrogate(value.AsText()):
                throw new ArgumentException($"A text is well-formed UTF-16: {column}.", nameof(value));
            case TableColumnKind.Binary when value.AsBinary().Length > BinaryBytesMax:
                throw new ArgumentException(
                    $"A binary value has at most {BinaryBytesMax} bytes (64 KiB): {column}.", nameof(value));
            case TableColumnKind.Instant when value.AsInstant() < FirstInstant:
                throw new ArgumentException($"An instant is not before 1601: {column}.", nameof(value));
            default:
                return;
        }
    }

    internal static void CheckEntity(TableEntity entity)
    {
        if (entity.Columns.Count > ColumnsMax)
            throw new ArgumentException($"A row has at most {ColumnsMax} columns of its own.", nameof(entity));
        if (EntityBytes(entity) > EntityBytesMax)
            throw new ArgumentException($"A row has at most {EntityBytesMax} bytes (1 MiB).", nameof(entity));
    }

    // The service's own formula: what a row takes in storage, not on the wire.
    private static long EntityBytes(TableEntity entity) =>
        4 + ((entity.PartitionKey.Length + entity.RowKey.Length) * 2)
        + entity.Columns.Sum(column => 8L + (column.Key.Length * 2) + ValueBytes(column.Value));

    private static int ValueBytes(TableValue value) => value.Kind switch
    {
        TableColumnKind.Text => 4 + (value.AsText().Length * 2),
        TableColumnKind.Binary => 4 + value.AsBinary().Length,
        TableColumnKind.Guid => 16,
        TableColumnKind.Int32 => 4,
        TableColumnKind.Boolean => 1,
        _ => 8,
    };

    private static bool HasLoneSurrogate(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return true;
            at++;
        }

        return false;
    }

    [GeneratedRegex("^[a-z][a-z0-9]{2,62}\\z", RegexOptions.None, 1000)]
    private static partial Regex TableName();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,254}\\z", RegexOptions.None, 1000)]
    private static partial Regex ColumnName();
}
