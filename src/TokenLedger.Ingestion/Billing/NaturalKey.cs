using System.Globalization;
using System.Text;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// The text that makes a row the same row in the next look at the bill: every column that is no figure.
/// </summary>
internal static class NaturalKey
{
    /// <summary>
    /// The key of a row: <c>length:name length:text</c> pairs in ordinal order, so that no two keys collide.
    /// </summary>
    /// <param name="cells">The row.</param>
    /// <param name="isKeyColumn">Whether a folded column name is part of the key.</param>
    public static string Of(BillCells cells, Func<string, bool> isKeyColumn)
    {
        var key = new StringBuilder(256);
        var names = cells.Values.Keys.Where(isKeyColumn).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        foreach (var name in names)
        {
            Append(key, name);
            Append(key, cells.Values[name]);
        }

        return key.ToString();
    }

    private static void Append(StringBuilder key, string text) =>
        key.Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);
}
