namespace TokenLedger.Application.Reports;

/// <summary>One cell of a table: text, an exact number, or unknown.</summary>
/// <param name="Text">The text; null for a number or unknown.</param>
/// <param name="Number">The number; null for text or unknown.</param>
/// <param name="IsAtLeast">
/// Whether a part of the number is unknown: people see a sign before it; JSON and CSV need a column that tells of it.
/// </param>
public readonly record struct Cell(string? Text, decimal? Number, bool IsAtLeast = false)
{
    /// <summary>Nothing is known: shown as a dash, null in JSON, empty in CSV.</summary>
    public static readonly Cell Unknown;

    /// <summary>A text; null is unknown.</summary>
    public static implicit operator Cell(string? text) => new(text, null);

    /// <summary>A number; null is unknown.</summary>
    public static implicit operator Cell(decimal? number) => new(null, number);

    /// <summary>A count; null is unknown.</summary>
    public static implicit operator Cell(long? number) => new(null, number);
}
