using System.Globalization;

namespace TokenLedger.Testing.GitHub.Serving;

/// <summary>Pages of a list by number, with the header that leads on.</summary>
internal static class ApiPage
{
    private const int PageItems = 30;
    private const int PageItemsMax = 100;

    /// <summary>The items of the page that is asked for, and the value of <c>Link</c>.</summary>
    public static (List<T> Items, string Link) Of<T>(ApiCall call, Uri root, IReadOnlyList<T> all)
    {
        var size = call.Number("per_page", PageItems, PageItemsMax);
        var page = call.Number("page", 1, int.MaxValue / PageItemsMax);
        var last = Math.Max(1, (all.Count + size - 1) / size);
        var links = new List<string>();
        if (page < last)
            links.AddRange([LinkOf(call, root, page + 1, "next"), LinkOf(call, root, last, "last")]);
        if (page > 1)
            links.AddRange([LinkOf(call, root, 1, "first"), LinkOf(call, root, page - 1, "prev")]);
        return ([.. all.Skip((page - 1) * size).Take(size)], string.Join(", ", links));
    }

    private static string LinkOf(ApiCall call, Uri root, int page, string relation)
    {
        var query = call.Query.Where(item => item.Key != "page")
            .Select(item => $"{item.Key}={Uri.EscapeDataString(item.Value.ToString())}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"page={page}"));
        return $"<{root.AbsoluteUri.TrimEnd('/')}{call.Target.Split('?')[0]}?{string.Join('&', query)}>; "
            + $"rel=\"{relation}\"";
    }
}
