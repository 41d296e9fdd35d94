using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TokenLedger.Testing.GitHub.Serving;

/// <summary>What is answered.</summary>
internal sealed record ApiAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    public Dictionary<string, string> Headers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public static ApiAnswer NotFound => Error(404, "Not Found");

    public static ApiAnswer BadCredentials => Error(401, "Bad credentials");

    public static ApiAnswer Of(JsonNode body, int status = 200) =>
        new(status, Encoding.UTF8.GetBytes(body.ToJsonString()));

    public static ApiAnswer Error(int status, string message) => Of(
        new JsonObject
        {
            ["message"] = message,
            ["documentation_url"] = "https://docs.github.com/rest",
            ["status"] = status.ToString(CultureInfo.InvariantCulture),
        },
        status);

    public static ApiAnswer Forbidden(string permission, string level = "read") =>
        Error(403, "Resource not accessible by integration")
            .With("X-Accepted-GitHub-Permissions", $"{permission}={level}");

    public ApiAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
