using System.Buffers.Binary;
using System.Numerics;

namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>
/// JSON's numbers without sign and exponent: no leading zero, digits on both sides of a point, at most 18 digits.
/// </summary>
/// <param name="Digits">The digits without the point.</param>
/// <param name="Scale">How many of them stand behind the point.</param>
internal readonly record struct PlainNumber(long Digits, int Scale)
{
    private const int DigitsMax = 18;
    private const int WordLength = 8;

    private static ReadOnlySpan<long> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>The exact value.</summary>
    public decimal Value => new(
        unchecked((int)Digits), unchecked((int)(Digits >> 32)), 0, isNegative: false, (byte)Scale);

    /// <summary>Reads from the start of a text as far as the number goes.</summary>
    /// <param name="text">The text; what follows the number is the caller's to check.</param>
    /// <param name="number">The number.</param>
    /// <returns>The bytes read; 0 when there is no such number.</returns>
    public static int Read(ReadOnlySpan<byte> text, out PlainNumber number)
    {
        unchecked
        {
            number = default;
            var whole = DigitsAt(text, out var digits);
            if (whole is 0 or > DigitsMax || (text[0] == '0' && whole > 1))
                return 0;
            if (whole == text.Length || text[whole] != '.')
            {
                number = new PlainNumber(digits, 0);
                return whole;
            }

            var scale = DigitsAt(text[(whole + 1)..], out var fraction);
            if (scale == 0 || whole + scale > DigitsMax)
                return 0;
            if (scale < PowersOfTen.Length)
                digits *= PowersOfTen[scale];
            else
                for (var i = 0; i < scale; i++)
                    digits *= 10;
            number = new PlainNumber(digits + fraction, scale);
            return whole + 1 + scale;
        }
    }

    // How many digits a text starts with. Above 18 of them the value means nothing.
    private static int DigitsAt(ReadOnlySpan<byte> text, out long value)
    {
        unchecked
        {
            if (text.Length >= WordLength)
            {
                // Up to seven digits at once. A byte is no digit when, with '0' taken off, it is over 9: adding 0x76
                // then sets its top bit. A carry can only reach bytes behind the first that is no digit.
                var word = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ 0x3030_3030_3030_3030;
                var others = ((word + 0x7676_7676_7676_7676) | word) & 0x8080_8080_8080_8080;
                if (others != 0)
                {
                    var count = BitOperations.TrailingZeroCount(others) >> 3;
                    value = count == 0 ? 0 : ValueOf(word << ((WordLength - count) * 8));
                    return count;
                }
            }

            value = 0;
            var at = 0;
            for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
                value = (value * 10) + (text[at] - '0');
            return at;
        }
    }

    // Eight digits, the first in the lowest byte: pairs, then fours, then all, each step one multiplication.
    private static long ValueOf(ulong digits)
    {
        unchecked
        {
            digits = (digits * 10) + (digits >> 8);
            var high = (digits & 0x0000_00FF_0000_00FF) * 0x000F_4240_0000_0064;
            var low = ((digits >> 16) & 0x0000_00FF_0000_00FF) * 0x0000_2710_0000_0001;
            return (long)((high + low) >> 32);
        }
    }
}
