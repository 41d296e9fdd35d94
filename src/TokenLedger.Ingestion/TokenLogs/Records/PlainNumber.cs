namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>JSON's numbers without sign and exponent: no leading zero, digits on both sides of a point, at most 18 digits.</summary>
/// <param name="Digits">The digits without the point.</param>
/// <param name="Scale">How many of them stand behind the point.</param>
internal readonly record struct PlainNumber(long Digits, int Scale)
{
    private const int DigitsMax = 18;

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
            long digits = 0;
            var at = 0;
            while (at < text.Length && (uint)(text[at] - '0') <= 9)
                digits = (digits * 10) + (text[at++] - '0');
            if (at is 0 or > DigitsMax || (text[0] == '0' && at > 1))
                return 0;
            if (at == text.Length || text[at] != '.')
            {
                number = new PlainNumber(digits, 0);
                return at;
            }

            var point = at++;
            while (at < text.Length && (uint)(text[at] - '0') <= 9)
                digits = (digits * 10) + (text[at++] - '0');
            if (at - 1 > DigitsMax || at - point == 1)
                return 0;
            number = new PlainNumber(digits, at - point - 1);
            return at;
        }
    }
}
