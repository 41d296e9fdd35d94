using System.Globalization;
using Microsoft.Data.Sqlite;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Storage.Sqlite;

/// <summary>
/// How values stand in columns: money as exact decimal text, days and times as sortable text, unknown as NULL.
/// </summary>
internal static class Columns
{
    private const string DayFormat = "yyyy-MM-dd";

    public static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    // Seven fixed decimals in UTC, so that ordinal order is order in time.
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static string? Text(decimal? money) => money?.ToString(CultureInfo.InvariantCulture);

    public static string? TextOrNull(DateTimeOffset? time) => time is { } known ? Text(known) : null;

    // For charts only: nothing reads it back.
    public static double? Chart(decimal? money) => (double?)money;

    public static double? UsdChart(long? nanoCredits) =>
        nanoCredits is { } known ? Chart(AiCredits.UsdFromNanoCredits(known)) : null;

    public static DateOnly Day(this SqliteDataReader row, int column) =>
        DateOnly.ParseExact(row.GetString(column), DayFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => DateTimeOffset.Parse(
        row.GetString(column), CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Time(column);

    public static decimal Money(this SqliteDataReader row, int column) =>
        decimal.Parse(row.GetString(column), NumberStyles.Number, CultureInfo.InvariantCulture);

    public static decimal? MoneyOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.Money(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    public static long? NumberOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetInt64(column);

    public static T Enum<T>(this SqliteDataReader row, int column)
        where T : struct, Enum => System.Enum.Parse<T>(row.GetString(column));

    public static T? EnumOrNull<T>(this SqliteDataReader row, int column)
        where T : struct, Enum => row.IsDBNull(column) ? null : row.Enum<T>(column);
}
