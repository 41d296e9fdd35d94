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
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task A_request_at_the_end_of_time_breaks_neither_its_run_nor_its_day(string day)
    {
        var run = Logs.WriteRun(served.PathOf("run-103"), 103);
        var log = Path.Combine(run, "token-usage.jsonl");
        await File.WriteAllTextAsync(
            log, (await File.ReadAllTextAsync(log, ServedLedger.Token)).Replace("2026-10-01", day, StringComparison.Ordinal),
            ServedLedger.Token);
        await served.CommandAsync("ingest", run);
        served.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(200, (await served.GetAsync("/api/runs/acme/api/103")).Status);
        await served.EmptiedAsync(TokenLedger.Application.Messages.QueueNames.ReconcileDay);
        Assert.DoesNotContain(served.Log, line => line.Contains("failed", StringComparison.Ordinal));
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
