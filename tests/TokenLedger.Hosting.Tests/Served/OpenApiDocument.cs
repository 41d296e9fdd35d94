using System.Text.Json;
using TokenLedger.Testing.Schemas;

namespace TokenLedger.Hosting.Tests.Served;

/// <summary>The checked-in description of the HTTP interface.</summary>
internal sealed class OpenApiDocument
{
    private readonly JsonElement root =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "openapi.json"))).RootElement;

    /// <summary>Every operation as <c>GET /path</c>.</summary>
    public IEnumerable<string> Operations => root.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));

    /// <summary>What of an answer the document does not say; empty when it says all of it.</summary>
    public IReadOnlyList<string> ProblemsOf(
        string method, string path, int status, string? contentType, ReadOnlySpan<byte> body)
    {
        var operation = OperationOf(method, path);
        // What is no operation has one answer for every path.
        if (operation is null && status is not (404 or 405))
            return [$"{method} {path} is no operation, and answers {status}"];
        if (operation is { } known && !known.GetProperty("responses").TryGetProperty($"{status}", out _))
            return [$"{method} {path}: {status} is not listed"];
        // An answer without a body is described without content.
        if (body.IsEmpty && operation is { } silent
            && !silent.GetProperty("responses").GetProperty($"{status}").TryGetProperty("content", out _))
            return [];
        var schema = operation is { } one
            ? ContentOf(one, status, contentType)
            : root.GetProperty("components").GetProperty("schemas").GetProperty("Problem");
        if (schema is not { } found || (operation is null && contentType != "application/problem+json"))
            return [$"{method} {path}: {status} is not listed with {contentType}"];
        var reader = new Utf8JsonReader(body);
        using var document = JsonDocument.ParseValue(ref reader);
        return new SchemaSubset(root, found).Validate(document.RootElement);
    }

    private static JsonElement? ContentOf(JsonElement operation, int status, string? contentType) =>
        operation.GetProperty("responses").GetProperty($"{status}").GetProperty("content")
            .TryGetProperty(contentType ?? "", out var content)
            ? content.GetProperty("schema")
            : null;

    private JsonElement? OperationOf(string method, string path)
    {
        foreach (var candidate in root.GetProperty("paths").EnumerateObject())
        {
            if (Matches(candidate.Name, path)
                && candidate.Value.TryGetProperty(method.ToLowerInvariant(), out var operation))
                return operation;
        }

        return null;
    }

    private static bool Matches(string pattern, string path)
    {
        var (parts, given) = (pattern.Split('/'), path.Split('/'));
        return parts.Length == given.Length
            && parts.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
