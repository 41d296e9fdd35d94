using System.Text;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// One row of a bill of any form: the texts of its cells by folded column name. Empty cells are left out.
/// </summary>
/// <remarks>
/// A folded name has only letters and digits in lower case, so that <c>gross_amount</c>, <c>grossAmount</c> and
/// <c>Gross Amount</c> are one column.
/// </remarks>
internal sealed class BillCells(long line)
{
    // The AI usage report has 21 columns.
    private const int UsualColumns = 24;

    private readonly Dictionary<string, string> values = new(UsualColumns, StringComparer.Ordinal);

    /// <summary>The row's line in its file, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The filled cells, in no order.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>A cell's text, trimmed; null when the row has none.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>The text of the first of several names of one column that is filled.</summary>
    public string? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (values.TryGetValue(name, out var text))
                return text;
        }

        return null;
    }

    /// <summary>Adds a cell. False when the row has that column already.</summary>
    public bool TryAdd(string foldedName, string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 || values.TryAdd(foldedName, trimmed);
    }

    /// <summary>A column's name, folded.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsLetterOrDigit(letter))
                folded.Append(char.ToLowerInvariant(letter));
        }

        return folded.ToString();
    }
}
