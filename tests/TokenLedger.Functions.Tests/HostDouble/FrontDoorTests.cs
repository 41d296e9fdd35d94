using System.Net;
using TokenLedger.Testing.FunctionsHost;

namespace TokenLedger.Functions.Tests.HostDouble;

public sealed class FrontDoorTests
{
    private static readonly byte[] NotText = [0xEF, 0xBB, 0xBF, 0x7B, 0xFF, 0x00, 0x7D];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/CollectRun")]
    [InlineData("POST", "/")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api/github/webhooks")]
    [InlineData("POST", "/api/github/webhooks/more")]
    [InlineData("POST", "/admin/functions/CollectRun")]
    public async Task What_no_function_names_is_the_hosts_own_404(string method, string target)
    {
        var handler = new ScriptedHandler();
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        using var answer = await SendAsync(host, method, target);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(handler.Seen);
        Assert.Empty(host.Journal.Invocations);
    }

    [Fact]
    public async Task The_raw_stream_path_query_and_headers_are_passed_on()
    {
        var handler = new ScriptedHandler { Status = 202, Body = "accepted", ContentType = "text/plain" };
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/github/webhooks?a=1&a=2%20x");
        request.Content = new ByteArrayContent(NotText);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-GitHub-Delivery", "d-1");
        request.Headers.Add("User-Agent", "GitHub-Hookshot/1");
        request.Headers.Add("X-Azure-Functions-InvocationId", "forged");
        using var answer = await host.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("accepted", await answer.Content.ReadAsStringAsync(Cancelled));
        var seen = Assert.Single(handler.Seen);
        Assert.Equal(("POST", "/api/github/webhooks?a=1&a=2%20x"), (seen.Method, seen.Target));
        Assert.Equal(NotText, seen.Body);
        Assert.Equal(("7", "d-1", "GitHub-Hookshot/1"), (seen.Headers["Content-Length"], seen.Headers["X-GitHub-Delivery"], seen.Headers["User-Agent"]));
        Assert.True(Guid.TryParse(seen.Headers["X-Azure-Functions-InvocationId"], out _));
        Assert.Equal(seen.Headers["X-Azure-Functions-InvocationId"], seen.Headers["x-ms-invocation-id"]);
        Assert.NotEmpty(seen.Headers["X-Azure-Functions-HostVersion"]);
    }

    [Theory]
    [InlineData("/api/runs/acme/widgets", null, 401)]
    [InlineData("/api/runs/acme/widgets", "wrong", 401)]
    [InlineData("/api/runs/acme/widgets?code=wrong", null, 401)]
    [InlineData("/api/runs/acme/widgets", "function-key", 200)]
    [InlineData("/api/runs/acme/widgets?x=1&code=function-key", null, 200)]
    public async Task A_function_that_is_not_anonymous_needs_the_key(string target, string? key, int expected)
    {
        var handler = new ScriptedHandler();
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        using var answer = await host.SendAsync(request, Cancelled);
        Assert.Equal(expected, (int)answer.StatusCode);
        Assert.Equal(expected == 200 ? 1 : 0, handler.Seen.Count);
    }

    [Fact]
    public async Task A_500_of_the_handler_reaches_the_caller()
    {
        var handler = new ScriptedHandler { Status = 500 };
        using var package = Package();
        await using var host = await package.StartAsync(handler.Runner);
        using var answer = await SendAsync(host, "POST", "/api/github/webhooks");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    private static SamplePackage Package() => new SamplePackage()
        .WithHttp("Webhook", "api/github/webhooks")
        .WithHttp("Run", "api/runs/{owner}/{repository}", "function", "\"get\"")
        .WithQueue("CollectRun", "collect-run");

    private static async Task<HttpResponseMessage> SendAsync(FunctionsHostDouble host, string method, string target)
    {
        using var request = new HttpRequestMessage(new(method), target);
        return await host.SendAsync(request, Cancelled);
    }
}
