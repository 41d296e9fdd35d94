using System.Buffers.Binary;

namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// Reads timestamps of the usual form quickly, because the next one is nearly always of the same day.
/// </summary>
/// <remarks>
/// The same results as <see cref="UtcTimestamp"/>, which reads whatever is not <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.
/// </remarks>
internal sealed class LastDate
{
    private const int UsualLength = 24;

    private bool isKnown;
    private ulong yearToMonth;
    private ushort day;
    private long midnightTicks;

    /// <summary>The instant in UTC; false for anything else.</summary>
    public bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        if (isKnown
            && text.Length == UsualLength
            && BinaryPrimitives.ReadUInt64LittleEndian(text) == yearToMonth
            && BinaryPrimitives.ReadUInt16LittleEndian(text[8..]) == day
            && TryReadTime(text, out var milliseconds))
        {
            value = new DateTimeOffset(midnightTicks + (milliseconds * TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
            return true;
        }

        if (!UtcTimestamp.TryParse(text, out value))
            return false;
        if (text.Length == UsualLength && text[^1] == 'Z')
        {
            isKnown = true;
            yearToMonth = BinaryPrimitives.ReadUInt64LittleEndian(text);
            day = BinaryPrimitives.ReadUInt16LittleEndian(text[8..]);
            midnightTicks = value.UtcDateTime.Date.Ticks;
        }

        return true;
    }

    // THH:mm:ss.fffZ
    private static bool TryReadTime(ReadOnlySpan<byte> text, out long milliseconds)
    {
        unchecked
        {
            var hour = Two(text, 11);
            var minute = Two(text, 14);
            var second = Two(text, 17);
            var hundredth = Two(text, 20);
            var thousandth = (uint)(text[22] - '0');
            milliseconds = (((((hour * 60) + minute) * 60) + second) * 1000) + (hundredth * 10) + thousandth;
            return hour < 24 && minute < 60 && second < 60 && hundredth < 100 && thousandth < 10
                && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == '.' && text[23] == 'Z';
        }
    }

    // Over 100 where a letter is no digit.
    private static uint Two(ReadOnlySpan<byte> text, int at)
    {
        unchecked
        {
            var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
            return tens > 9 || ones > 9 ? 1000 : (tens * 10) + ones;
        }
    }
}
