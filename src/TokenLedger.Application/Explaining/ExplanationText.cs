using System.Globalization;
using TokenLedger.Application.Artifacts;

namespace TokenLedger.Application.Explaining;

/// <summary>Values as facts spell them: exact, and the same everywhere.</summary>
internal static class ExplanationText
{
    public static string Of(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Of(decimal number) =>
        ExactDecimalConverter.Trim(number).ToString(CultureInfo.InvariantCulture);

    public static string? Of(decimal? number) => number is { } known ? Of(known) : null;

    public static string? Of(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How much of a whole, in percent; null of nothing.</summary>
    public static string? PercentOf(long part, long whole) => whole == 0
        ? null
        : Of(decimal.Round(100m * part / whole, 2));
}
