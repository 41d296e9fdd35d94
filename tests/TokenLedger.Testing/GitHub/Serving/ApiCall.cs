using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TokenLedger.Testing.GitHub.Serving;

/// <summary>A request as the rooms of the fake see it.</summary>
internal sealed record ApiCall(
    string Method, string Target, string[] Path, IQueryCollection Query, string Body, string Authorization,
    DateTimeOffset Now)
{
    /// <summary>Whose request it is; null for nobody's.</summary>
    public ApiCaller? Caller { get; init; }

    public static async Task<ApiCall> ReadAsync(HttpContext context, DateTimeOffset now)
    {
        var request = context.Request;
        using var body = new StreamReader(request.Body, Encoding.UTF8);
        // As sent: the server's own reading of a path would already have taken apart a name that holds a slash.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new ApiCall(
            request.Method, target,
            [.. target.Split('?')[0].Trim('/').Split('/').Select(Uri.UnescapeDataString)],
            request.Query, await body.ReadToEndAsync(context.RequestAborted),
            request.Headers.Authorization.ToString(), now);
    }

    /// <summary>A whole number of the query within bounds.</summary>
    public int Number(string name, int otherwise, int most) =>
        int.TryParse(Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? Math.Min(number, most)
            : otherwise;

    /// <summary>The path with the names and numbers in it left out: what was asked, whoever it was about.</summary>
    public string Endpoint
    {
        get
        {
            var parts = Path.ToArray();
            for (var at = 0; at < parts.Length; at++)
            {
                var isName = (at, parts[0]) is (1 or 2, "repos") or (1, "orgs" or "organizations" or "enterprises" or "users")
                    or (1, "app-manifests");
                if (isName || (parts[at].Length > 0 && parts[at].All(char.IsAsciiDigit)))
                    parts[at] = "*";
            }

            return $"{Method} /{string.Join('/', parts)}";
        }
    }
}
