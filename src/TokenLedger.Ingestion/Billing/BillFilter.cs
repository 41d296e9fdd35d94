using System.Text;

namespace TokenLedger.Ingestion.Billing;

/// <summary>What an answer was filtered by, as one text.</summary>
/// <remarks>
/// Values stand in lower case, because GitHub compares them without case and <c>user=Alice</c> is no second day.
/// </remarks>
public static class BillFilter
{
    /// <summary>The filter of an answer about one cost centre.</summary>
    public static string OfCostCenter(string name) => Of(("costCenter", name));

    /// <summary>Names and values in ordinal order of the names.</summary>
    /// <param name="parts">Null is left out; an empty value means "what has none".</param>
    internal static string Of(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parts)
        {
            if (value is not null)
                given[name] = Escape(value.Trim().ToLowerInvariant());
        }

        return string.Join('&', given.Select(part => $"{part.Key}={part.Value}"));
    }

    private static string Escape(string value) => new StringBuilder(value)
        .Replace("%", "%25").Replace("&", "%26").Replace("=", "%3D").ToString();
}
