using System.Globalization;

namespace TokenLedger.Golden.Tests;

/// <summary>Exact figures in theory rows, where an attribute cannot hold a decimal.</summary>
internal static class Figure
{
    public static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
