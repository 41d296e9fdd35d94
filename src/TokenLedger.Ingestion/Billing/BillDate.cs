using System.Globalization;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Dates as bills write them.</summary>
internal static class BillDate
{
    // GitHub documents the first; its web exports, opened once in a spreadsheet, come with the others.
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "M/d/yyyy", "M/d/yy"];

    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss 'UTC'",
    ];

    /// <summary>The UTC day of a date or an instant.</summary>
    public static bool TryReadDay(string? text, out DateOnly day)
    {
        if (DateOnly.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return true;
        if (!TryReadInstant(text, out var instant))
            return false;
        day = DateOnly.FromDateTime(instant.UtcDateTime);
        return true;
    }

    /// <summary>An instant in UTC; a bare date is its midnight.</summary>
    public static bool TryReadInstant(string? text, out DateTimeOffset instant)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, Utc, out instant)
            || DateTimeOffset.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, Utc, out instant);
    }
}
