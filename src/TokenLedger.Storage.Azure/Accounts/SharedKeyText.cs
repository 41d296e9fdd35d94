using System.Globalization;
using System.Text;
using Azure.Core;

namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>What a request's signature covers, as the services spell it (version 2015-02-21 and later).</summary>
internal static class SharedKeyText
{
    // After verb and length, in this order; Date stays empty because x-ms-date is always sent.
    private static readonly string[] HeadersBeforeDate = ["Content-MD5", "Content-Type"];

    private static readonly string[] HeadersAfterDate =
        ["If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"];

    /// <summary>For blobs and queues.</summary>
    public static string Full(Request request, string accountName)
    {
        var text = new StringBuilder();
        Line(text, request.Method.Method);
        Line(text, Header(request, "Content-Encoding"));
        Line(text, Header(request, "Content-Language"));
        Line(text, ContentLength(request));
        foreach (var name in HeadersBeforeDate)
            Line(text, Header(request, name));
        Line(text, "");
        foreach (var name in HeadersAfterDate)
            Line(text, Header(request, name));
        ServiceHeaders(text, request);
        Resource(text, request.Uri.ToUri(), accountName);
        return text.ToString();
    }

    /// <summary>For tables (SharedKeyLite): of the query only <c>comp</c> is covered.</summary>
    public static string Lite(Request request, string accountName)
    {
        var address = request.Uri.ToUri();
        var comp = QueryText.Split(address).Where(pair => pair.Name is "comp").Select(pair => "?comp=" + pair.Value);
        return $"{Header(request, "x-ms-date")}\n/{accountName}{address.AbsolutePath}{string.Concat(comp)}";
    }

    private static void Line(StringBuilder text, string value) => text.Append(value).Append('\n');

    private static string Header(Request request, string name) =>
        request.Headers.TryGetValue(name, out var value) ? value : "";

    private static string ContentLength(Request request) =>
        request.Content is { } content && content.TryComputeLength(out var length) && length > 0
            ? length.ToString(CultureInfo.InvariantCulture)
            : "";

    private static void ServiceHeaders(StringBuilder text, Request request)
    {
        var headers = request.Headers
            .Select(header => (Name: header.Name.ToLowerInvariant(), Value: header.Value.Trim()))
            .Where(header => header.Name.StartsWith("x-ms-", StringComparison.Ordinal))
            .OrderBy(header => header.Name, StringComparer.Ordinal);
        foreach (var (name, value) in headers)
            Line(text, $"{name}:{value}");
    }

    private static void Resource(StringBuilder text, Uri address, string accountName)
    {
        text.Append('/').Append(accountName).Append(address.AbsolutePath);
        var parameters = QueryText.Split(address)
            .Select(pair => (Name: pair.Name.ToLowerInvariant(), pair.Value))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
            text.Append('\n').Append(name).Append(':').Append(value);
    }
}
