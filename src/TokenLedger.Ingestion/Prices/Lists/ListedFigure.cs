using System.Globalization;
using System.Text.Json;

namespace TokenLedger.Ingestion.Prices.Lists;

/// <summary>A price of a list, taken from the digits that stand there.</summary>
internal static class ListedFigure
{
    // A double prints 17 digits, and a price file takes 20 characters; with this exponent a decimal holds all of them.
    private const int DigitsMax = 20;
    private const int ExponentMax = 10;
    private const decimal UsdMax = 1_000_000m;

    /// <summary>The price per million tokens.</summary>
    /// <param name="value">The field.</param>
    /// <param name="factor">What makes it per million: a million for a price per token, else 1.</param>
    /// <param name="usdPerMillion">The price in US dollars; null where the field is.</param>
    /// <returns>False for what is no price, such as a text.</returns>
    public static bool TryRead(JsonElement value, decimal factor, out decimal? usdPerMillion)
    {
        usdPerMillion = null;
        if (value.ValueKind == JsonValueKind.Null)
            return true;
        if (value.ValueKind != JsonValueKind.Number)
            return false;
        var text = value.GetRawText();
        var mark = text.IndexOfAny(['e', 'E']);
        var digits = mark < 0 ? text : text[..mark];
        if (digits.Length > DigitsMax
            || (mark >= 0 && !(int.TryParse(
                text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
                && Math.Abs((long)exponent) <= ExponentMax)))
            return false;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var price)
            || price is < 0m or > UsdMax)
            return false;
        var usd = price * factor;
        // A price file could not take more.
        if (usd > UsdMax
            || usd.ToString("0.############################", CultureInfo.InvariantCulture).Length > DigitsMax)
            return false;
        usdPerMillion = usd;
        return true;
    }
}
