using System.Globalization;

namespace TokenLedger.Storage.Azure.Tables;

/// <summary>A double in the fewest digits that read back the same, never looking like an integer.</summary>
internal static class DoubleText
{
    public static string Of(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(value) && !text.AsSpan().ContainsAny('.', 'E') ? text + ".0" : text;
    }
}
