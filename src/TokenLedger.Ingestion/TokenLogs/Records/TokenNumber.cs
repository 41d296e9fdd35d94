using System.Globalization;

namespace TokenLedger.Ingestion.TokenLogs.Records;

/// <summary>Reads token counts and credits in every spelling a log may use, and in no other.</summary>
internal static class TokenNumber
{
    /// <summary>
    /// The largest count taken from one record, 10^15: far above any model's window, far below a long's end.
    /// </summary>
    public const long CountMax = 1_000_000_000_000_000;

    /// <summary>
    /// The largest credit figure believed of one response, 10 million USD; keeps every sum inside decimal.
    /// </summary>
    public const decimal AiCreditsMax = 1_000_000_000m;

    private const int TextMax = 64;

    /// <summary>A count from 0 to <see cref="CountMax"/>; <c>1200.0</c> and <c>1e3</c> are whole, too.</summary>
    public static LineRejection ReadCount(ReadOnlySpan<byte> text, out long count)
    {
        count = 0;
        if (text.Length is 0 or > TextMax
            || !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return LineRejection.TokenCountNotWhole;
        }

        if (value < 0 || decimal.Truncate(value) != value)
            return LineRejection.TokenCountNotWhole;
        if (value > CountMax)
            return LineRejection.TokenCountTooLarge;
        count = (long)value;
        return LineRejection.None;
    }

    /// <summary>
    /// A credit figure; null for what is no believable figure, because a claim about money never costs the tokens.
    /// </summary>
    public static decimal? ReadAiCredits(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= TextMax
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value is >= 0 and <= AiCreditsMax
            ? value
            : null;
}
