using System.Globalization;
using System.Text;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Alerting;

/// <summary>Texts of alerts: one bounded line each, figures exact to the cent.</summary>
internal static class AlertText
{
    public const int TitleLengthMax = 200;
    public const int LineLengthMax = 500;

    /// <summary>Outside text as one line without control characters, cut at a bound.</summary>
    public static string Line(string text, int lengthMax = LineLengthMax)
    {
        var line = new StringBuilder(Math.Min(text.Length, lengthMax));
        foreach (var letter in text)
        {
            if (line.Length == lengthMax)
                return line.ToString(0, char.IsHighSurrogate(line[^1]) ? lengthMax - 2 : lengthMax - 1) + "…";
            line.Append(IsUnsafe(letter) ? ' ' : letter);
        }

        return line.ToString();
    }

    /// <summary>Money as people configured it: US dollars, or AI credits.</summary>
    public static string Money(long nanoCredits, bool isInUsd) => isInUsd
        ? string.Create(CultureInfo.InvariantCulture, $"{AiCredits.UsdFromNanoCredits(nanoCredits):#,##0.00} USD")
        : string.Create(CultureInfo.InvariantCulture, $"{AiCredits.FromNanoCredits(nanoCredits):#,##0.##} AI credits");

    public static string Percent(decimal percent) => percent.ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A threshold as it stands in a key: 80 and 80.0 are one.</summary>
    public static string KeyOf(decimal percent) =>
        percent.ToString("0.############################", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool IsUnsafe(char letter) => char.GetUnicodeCategory(letter) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
