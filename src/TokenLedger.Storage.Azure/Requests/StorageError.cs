using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;

namespace TokenLedger.Storage.Azure.Requests;

/// <summary>The service's name for a failure: from the header, else from a JSON or XML body.</summary>
internal static partial class StorageError
{
    // The code stands near the beginning; a longer body is not an error of the service's own.
    private const int BodyBytesMax = 65_536;

    public static string? CodeOf(Response response)
    {
        if (response.Headers.TryGetValue("x-ms-error-code", out var header))
            return Clean(header);
        return response.ContentStream is MemoryStream { Length: > 0 and <= BodyBytesMax }
            ? CodeIn(response.Content)
            : null;
    }

    public static string? CodeIn(BinaryData body)
    {
        if (body.ToMemory().Span.IndexOf((byte)'{') < 0)
            return XmlCode().Match(body.ToString()) is { Success: true } match ? match.Groups["code"].Value : null;
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("odata.error", out var error)
                && error.TryGetProperty("code", out var code)
                ? Clean(code.GetString())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What is no plain word is no code: it could be anything, and it would reach a log.
    private static string? Clean(string? text) => text is not null && PlainWord().IsMatch(text) ? text : null;

    [GeneratedRegex("^[A-Za-z0-9]{1,64}$", RegexOptions.None, 1000)]
    private static partial Regex PlainWord();

    [GeneratedRegex("<Code>(?<code>[A-Za-z0-9]{1,64})</Code>", RegexOptions.None, 1000)]
    private static partial Regex XmlCode();
}
