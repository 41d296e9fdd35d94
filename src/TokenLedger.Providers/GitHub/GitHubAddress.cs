using TokenLedger.Domain.Charges;

namespace TokenLedger.Providers.GitHub;

/// <summary>Addresses of GitHub's API. Names are hostile text: each becomes one segment.</summary>
internal static class GitHubAddress
{
    /// <summary>The first segment of an account's billing.</summary>
    public static string Of(BillingAccountKind kind) => kind switch
    {
        BillingAccountKind.Enterprise => "enterprises",
        BillingAccountKind.User => "users",
        _ => "organizations",
    };

    /// <summary>The address of a path.</summary>
    public static Uri Of(Uri apiUrl, params ReadOnlySpan<string> segments) => WithQuery(apiUrl, "", segments);

    /// <summary>The address of a path with a query.</summary>
    /// <param name="apiUrl">The API's address.</param>
    /// <param name="query">The query without its question mark, already encoded.</param>
    /// <param name="segments">The path.</param>
    public static Uri WithQuery(Uri apiUrl, string query, params ReadOnlySpan<string> segments)
    {
        var url = apiUrl.AbsoluteUri.TrimEnd('/');
        foreach (var segment in segments)
            url += "/" + Escaped(segment);
        return new Uri(query.Length == 0 ? url : $"{url}?{query}");
    }

    // A segment of dots alone would climb, however it is encoded (RFC 3986, 5.2.4 and 6.2.2): encoded twice it names
    // what nobody can have, and GitHub says so.
    private static string Escaped(string segment) =>
        segment is "." or ".."
            ? segment.Replace(".", "%252E", StringComparison.Ordinal)
            : Uri.EscapeDataString(segment);
}
