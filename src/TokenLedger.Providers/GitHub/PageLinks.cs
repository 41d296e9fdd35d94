using System.Net.Http.Headers;

namespace TokenLedger.Providers.GitHub;

/// <summary>
/// Reads the <c>Link</c> header of a list that is walked by cursor (pagination documentation, 2026-10).
/// </summary>
internal static class PageLinks
{
    // GitHub's are some 30 characters.
    private const int CursorLengthMax = 500;

    /// <summary>
    /// The cursor of the next page; null on the last. Only the cursor is taken: the address stays the one that is
    /// configured, whatever the answer names.
    /// </summary>
    public static string? NextCursor(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Link", out var values))
            return null;
        foreach (var link in values.SelectMany(value => value.Split(',')))
        {
            var parts = link.Split(';', StringSplitOptions.TrimEntries);
            if (parts.Contains("rel=\"next\"", StringComparer.OrdinalIgnoreCase)
                && Uri.TryCreate(parts[0].Trim('<', '>', ' '), UriKind.Absolute, out var address))
                return CursorOf(address.Query);
        }

        return null;
    }

    private static string? CursorOf(string query)
    {
        const string name = "cursor=";
        var found = query.TrimStart('?').Split('&')
            .FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal));
        return found?.Length - name.Length is > 0 and <= CursorLengthMax
            ? Uri.UnescapeDataString(found![name.Length..])
            : null;
    }
}
