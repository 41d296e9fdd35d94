using System.Net;
using System.Text.RegularExpressions;

namespace TokenLedger.Cli.Tests.Registration;

/// <summary>What a person's browser does: reads the page, and comes back from GitHub.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient client = new();

    public required Uri Page { get; init; }

    public void Dispose() => client.Dispose();

    /// <summary>The page with its head, and what its form would post and where to.</summary>
    public async Task<(string Html, string Policy, Uri Target, string Manifest)> ReadAsync()
    {
        using var response = await client.GetAsync(Page, Workbench.Token);
        var html = await response.Content.ReadAsStringAsync(Workbench.Token);
        return (
            html, string.Join(' ', response.Headers.GetValues("Content-Security-Policy")),
            new Uri(WebUtility.HtmlDecode(Action().Match(html).Groups[1].Value)),
            WebUtility.HtmlDecode(Manifest().Match(html).Groups[1].Value));
    }

    /// <summary>The state that the form gives GitHub.</summary>
    public async Task<string> StateAsync() => (await ReadAsync()).Target.Query["?state=".Length..];

    /// <summary>Comes back as GitHub sends it.</summary>
    public async Task<(HttpStatusCode Status, string Html)> ComeBackAsync(string code, string state)
    {
        using var response = await client.GetAsync(new Uri(Page, $"callback?code={code}&state={state}"), Workbench.Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Workbench.Token));
    }

    /// <summary>Asks for the page under a name that a page of another site could have.</summary>
    public async Task<HttpStatusCode> AskUnderAsync(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.Host = host;
        using var response = await client.SendAsync(request, Workbench.Token);
        return response.StatusCode;
    }

    [GeneratedRegex("action=\"([^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Action();

    [GeneratedRegex("name=\"manifest\" value=\"([^\"]*)\"", RegexOptions.None, 1000)]
    private static partial Regex Manifest();
}
