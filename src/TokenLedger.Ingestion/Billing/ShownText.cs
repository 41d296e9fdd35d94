using System.Globalization;
using System.Text;

namespace TokenLedger.Ingestion.Billing;

/// <summary>A text from a bill as it may stand in a message: short, on one line, without control characters.</summary>
internal static class ShownText
{
    private const int Longest = 80;

    /// <summary>A day as bills and flags write it.</summary>
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The text in quotes.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, Longest)))
            shown.Append(char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter);
        return shown.Append(text.Length > Longest ? "…'" : "'").ToString();
    }
}
