using System.Globalization;
using System.Text;

namespace TokenLedger.Storage.Azure.Rows;

/// <summary>How values stand in columns and keys: sortable text, numbers of a fixed width in keys.</summary>
internal static class RowText
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The day of what has none: before every day, so that only an open range finds it.</summary>
    public static readonly DateOnly NoDay = DateOnly.MinValue;

    public static string Of(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    // Seven fixed decimals in UTC, so that ordinal order is order in time.
    public static string Of(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string text) => DateTimeOffset.Parse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>As many digits as any 64-bit number has.</summary>
    public static string Wide(long number) => number.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>As many digits as any 32-bit number has.</summary>
    public static string Narrow(long number) => number.ToString("D10", CultureInfo.InvariantCulture);

    public static string Days(IEnumerable<DateOnly> days) => string.Join(',', days.Order().Select(Of));

    public static IReadOnlyList<DateOnly> Days(string text) =>
        text.Length == 0 ? [] : [.. text.Split(',').Select(Day)];

    /// <summary>The text with half surrogate pairs replaced, which no column takes.</summary>
    public static string Storable(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
                continue;
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            at++;
        }

        return text;
    }
}
