namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Reads the ISO 8601 forms that logs use, without a culture or a local time zone.</summary>
/// <remarks>
/// <c>2026-09-02T10:00:04.120Z</c>; also a space for the <c>T</c>, any number of fraction digits (cut after the
/// seventh) and an offset <c>±hh</c>, <c>±hhmm</c> or <c>±hh:mm</c>. A time without
/// offset is refused: its day is unknown.
/// </remarks>
internal static class UtcTimestamp
{
    // Before agents existed and long after the ledger; also keeps every offset inside the calendar.
    private const int YearMin = 2000;
    private const int YearMax = 2199;
    private const int SecondsLength = 19;
    private const int LengthMax = 40;

    /// <summary>The instant in UTC; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length is <= SecondsLength or > LengthMax || !TryReadSeconds(text, out var ticks))
            return false;
        var rest = text[SecondsLength..];
        if (rest[0] is (byte)'.' or (byte)',' && !TryReadFraction(ref rest, ref ticks))
            return false;
        if (!TryReadOffset(rest, out var offsetMinutes))
            return false;
        value = new DateTimeOffset(ticks - (offsetMinutes * TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return true;
    }

    private static bool TryReadSeconds(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        var isShaped = text[4] == '-' && text[7] == '-' && text[10] is (byte)'T' or (byte)'t' or (byte)' '
            && text[13] == ':' && text[16] == ':';
        var year = Two(text, 0) * 100 + Two(text, 2);
        var (month, day) = (Two(text, 5), Two(text, 8));
        var (hour, minute, second) = (Two(text, 11), Two(text, 14), Two(text, 17));
        if (!isShaped || year is < YearMin or > YearMax || month is < 1 or > 12
            || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks;
        return true;
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> rest, ref long ticks)
    {
        var unit = TimeSpan.TicksPerSecond / 10;
        var at = 1;
        for (; at < rest.Length && rest[at] is >= (byte)'0' and <= (byte)'9'; at++)
        {
            ticks += (rest[at] - '0') * unit;
            unit /= 10;
        }

        rest = rest[at..];
        return at > 1 && !rest.IsEmpty;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.Length == 1)
            return rest[0] is (byte)'Z' or (byte)'z';
        if (rest[0] is not ((byte)'+' or (byte)'-'))
            return false;
        var parts = rest[1..];
        var minuteAt = parts.Length switch { 2 => -1, 4 => 2, 5 when parts[2] == ':' => 3, _ => -2 };
        if (minuteAt == -2)
            return false;
        var hour = Two(parts, 0);
        var minute = minuteAt < 0 ? 0 : Two(parts, minuteAt);
        if (hour is < 0 or > 23 || minute is < 0 or > 59)
            return false;
        minutes = (hour * 60 + minute) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    // Negative enough to stay negative in a year when a letter is no digit.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        return tens is < 0 or > 9 || ones is < 0 or > 9 ? -10_000 : tens * 10 + ones;
    }
}
