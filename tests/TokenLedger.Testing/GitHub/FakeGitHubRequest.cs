using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub;

/// <summary>A request that the fake GitHub was sent.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The headers; names without case, and of what authorises only the kind.</param>
public sealed record FakeGitHubRequest(string Target, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The verb.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Verb and path without names and numbers: <c>GET /repos/*/*/actions/runs/*</c>.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Whose: <c>app</c>, <c>installation 7</c>, <c>token of octo-admin</c> or <c>nobody</c>.</summary>
    public string Caller { get; init; } = "nobody";

    internal static FakeGitHubRequest Of(HttpContext context, ApiCall call, string caller) => new(
        call.Target,
        context.Request.Headers.ToDictionary(
            header => header.Key,
            header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
                ? header.Value.ToString().Split(' ')[0]
                : header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase))
    {
        Method = call.Method,
        Endpoint = call.Endpoint,
        Caller = caller,
    };
}
