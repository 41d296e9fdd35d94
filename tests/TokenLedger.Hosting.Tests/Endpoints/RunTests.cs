using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class RunTests : IAsyncLifetime
{
    private ServedLedger served = null!;

    public async ValueTask InitializeAsync()
    {
        served = await ServedLedger.StartedAsync();
        Assert.Equal(0, (await served.CommandAsync("ingest", Logs.WriteRun(served.PathOf("run-101")))).Code);
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Theory]
    [InlineData("/api/runs/acme/api/101")]
    [InlineData("/api/runs/ACME/Api/101")]
    [InlineData("/api/runs/acme/api/101?host=github.com")]
    [InlineData("/api/runs/acme/api/101?host=GitHub.com")]
    public async Task A_run_is_found_in_whatever_case(string path)
    {
        var answer = await served.GetAsync(path);

        Assert.Equal(200, answer.Status);
        Assert.Equal("tokenledger/run/v1", (string)answer.Json["schema"]!);
        Assert.Equal(101, (long)answer.Json["runs"]![0]!["runId"]!);
    }

    [Theory]
    [InlineData("/api/runs/acme/api/102", "unknown-run")]
    [InlineData("/api/runs/acme/web/101", "unknown-run")]
    [InlineData("/api/runs/acme/api/101?host=ghe.example.com", "unknown-run")]
    [InlineData("/api/runs/acme/api/101?host=..%2F..", "unknown-run")]
    [InlineData("/api/runs/acme/api/101?host=", "unknown-run")]
    [InlineData("/api/runs/acme/api/0", "unknown-run")]
    [InlineData("/api/runs/acme/api/-101", "unknown-run")]
    [InlineData("/api/runs/acme%2Fapi/api/101", "unknown-run")]
    [InlineData("/api/runs/acme/api/99999999999999999999", "not-found")]
    [InlineData("/api/runs/acme/api/one", "not-found")]
    [InlineData("/api/runs/acme/api/101.0", "not-found")]
    public async Task What_is_no_known_run_is_not_found(string path, string problem)
    {
        var answer = await served.GetAsync(path);

        Assert.Equal((404, problem), (answer.Status, answer.Problem));
    }
}
