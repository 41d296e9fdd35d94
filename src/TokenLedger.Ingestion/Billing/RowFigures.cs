using System.Globalization;

namespace TokenLedger.Ingestion.Billing;

/// <summary>Reads the figures of one row from their raw text, never by way of a binary fraction.</summary>
internal sealed class RowFigures(BillCells cells)
{
    // Longer than any decimal with an exponent; protects the parser from a megabyte of digits.
    private const int LongestFigure = 100;

    private const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The first column whose text is no figure; null when all were.</summary>
    public string? BadColumn { get; private set; }

    /// <summary>
    /// The figure in the first filled of several columns; null when none is filled or it is no figure.
    /// </summary>
    public decimal? Read(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (cells[name] is not { } text)
                continue;
            if (TryRead(text, out var value))
                return value;
            BadColumn ??= name;
            return null;
        }

        return null;
    }

    /// <summary>A whole count in the first filled of several columns.</summary>
    public long? ReadCount(params ReadOnlySpan<string> names)
    {
        if (Read(names) is not { } value)
            return null;
        if (decimal.IsInteger(value))
            return decimal.ToInt64(value);
        BadColumn ??= names[0];
        return null;
    }

    private static bool TryRead(string text, out decimal value)
    {
        value = 0;
        return text.Length <= LongestFigure
            && decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out value)
            && Math.Abs(value) <= ExactSum.Limit;
    }
}
