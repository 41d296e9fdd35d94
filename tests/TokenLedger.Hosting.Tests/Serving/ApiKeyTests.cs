using TokenLedger.Hosting.Serving;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Serving;

public sealed class ApiKeyTests
{
    private const string Path = "/api/runs/acme/api/1";

    [Theory]
    [InlineData("127.0.0.1", 404)]
    [InlineData("localhost:7071", 404)]
    [InlineData("[::1]:7071", 404)]
    [InlineData("rebound.example.com", 403)]
    [InlineData("127.0.0.1.example.com", 403)]
    [InlineData("localhost.example.com", 403)]
    [InlineData("192.0.2.1", 403)]
    public async Task Without_a_key_only_who_names_this_machine_may_ask(string host, int status)
    {
        await using var served = await ServedLedger.StartedAsync();

        var answer = await served.SendAsync(HttpMethod.Get, Path, request => request.Headers.Host = host);

        Assert.Equal((status, status == 403 ? "host" : "unknown-run"), (answer.Status, answer.Problem));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("", 401)]
    [InlineData("wrong", 401)]
    [InlineData(ServedLedger.Key + "x", 401)]
    [InlineData(ServedLedger.Key, 404)]
    public async Task With_a_key_only_who_sends_it_may_ask(string? key, int status)
    {
        await using var served = await ServedLedger.StartedAsync(ledger => ledger.ApiKey = ServedLedger.Key);

        var answer = await served.SendAsync(HttpMethod.Get, Path, request =>
        {
            request.Headers.Host = "ledger.example.com";
            if (key is not null)
                request.Headers.Add(ApiKeyCheck.HeaderName, key);
        });

        Assert.Equal((status, status == 401 ? "key" : "unknown-run"), (answer.Status, answer.Problem));
        Assert.Equal(401, (await served.GetAsync($"{Path}?code={ServedLedger.Key}")).Status);
        Assert.Equal(200, (await served.GetAsync("/api/health")).Status);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7071", true, true)]
    [InlineData("http://127.9.9.9:7071", true, true)]
    [InlineData("http://[::1]:7071", true, true)]
    [InlineData("http://LOCALHOST:7071", true, true)]
    [InlineData("http://127.0.0.1:0", true, true)]
    [InlineData("http://0.0.0.0:7071", false, true)]
    [InlineData("http://[::]:7071", false, true)]
    [InlineData("http://localhost:0", true, false)]
    [InlineData("http://loopback:7071", true, true)]
    [InlineData("http://example.com:7071", false, false)]
    [InlineData("https://127.0.0.1:7071", true, false)]
    [InlineData("http://me@127.0.0.1:7071", true, false)]
    [InlineData("http://127.0.0.1:7071/api", true, false)]
    public void Loopback_is_only_what_no_other_machine_reaches(string url, bool isLoopback, bool isUsable)
    {
        Assert.Equal(isLoopback, new ServeOptions([new Uri(url)], null, null, []).IsLoopback);
        Assert.Equal(isUsable, ServeOptions.IsUsable(new Uri(url)));
    }
}
