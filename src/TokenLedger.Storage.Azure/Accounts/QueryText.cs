namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>The decoded parameters of an address.</summary>
internal static class QueryText
{
    public static IEnumerable<(string Name, string Value)> Split(Uri address)
    {
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0
                ? (Uri.UnescapeDataString(pair), "")
                : (Uri.UnescapeDataString(pair[..equals]), Uri.UnescapeDataString(pair[(equals + 1)..]));
        }
    }
}
