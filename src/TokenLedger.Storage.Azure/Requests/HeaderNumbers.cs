using System.Globalization;

namespace TokenLedger.Storage.Azure.Requests;

/// <summary>Whole numbers and durations as headers and parameters spell them.</summary>
internal static class HeaderNumbers
{
    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whole seconds, rounded up so that a wait is never shorter than asked for.</summary>
    public static string Seconds(TimeSpan value) => Text((long)Math.Ceiling(value.TotalSeconds));

    public static long Read(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidDataException("The service sent no number where one belongs.");
}
