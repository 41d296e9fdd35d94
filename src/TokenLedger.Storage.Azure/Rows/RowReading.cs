using System.Globalization;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Rows;

/// <summary>Columns of a stored row. One that a row always has and lacks is damage, not unknown.</summary>
internal static class RowReading
{
    public static string KnownText(this TableEntity row, string column) => row.Text(column) ?? throw Missing(column);

    public static long KnownInt64(this TableEntity row, string column) => row.Int64(column) ?? throw Missing(column);

    public static int KnownInt32(this TableEntity row, string column) => row.Int32(column) ?? throw Missing(column);

    public static bool KnownBoolean(this TableEntity row, string column) =>
        row.Boolean(column) ?? throw Missing(column);

    public static DateOnly KnownDay(this TableEntity row, string column) => RowText.Day(row.KnownText(column));

    public static DateTimeOffset KnownTime(this TableEntity row, string column) => RowText.Time(row.KnownText(column));

    public static DateTimeOffset? Time(this TableEntity row, string column) =>
        row.Text(column) is { } text ? RowText.Time(text) : null;

    public static decimal KnownMoney(this TableEntity row, string column) =>
        Money(row, column) ?? throw Missing(column);

    public static decimal? Money(this TableEntity row, string column) => row.Text(column) is { } text
        ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture)
        : null;

    public static T KnownEnum<T>(this TableEntity row, string column)
        where T : struct, Enum => Enum.Parse<T>(row.KnownText(column));

    public static T? EnumOrNull<T>(this TableEntity row, string column)
        where T : struct, Enum => row.Text(column) is { } name ? Enum.Parse<T>(name) : null;

    private static InvalidDataException Missing(string column) => new($"A row of the ledger lacks column {column}.");
}
