using System.Text.Json.Nodes;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class ExplainTests : IAsyncLifetime
{
    private ServedLedger served = null!;

    public async ValueTask InitializeAsync()
    {
        served = await ServedLedger.StartedAsync();
        Assert.Equal(0, (await served.CommandAsync("ingest", Logs.WriteRun(served.PathOf("run-101")))).Code);
        await File.WriteAllTextAsync(served.PathOf("bill.csv"), Logs.Bill, ServedLedger.Token);
        Assert.Equal(0, (await served.CommandAsync("import-billing", served.PathOf("bill.csv"))).Code);
        Assert.Equal(0, (await served.CommandAsync("rebuild")).Code);
    }

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task Every_subject_has_a_route_and_the_answer_of_the_command_line()
    {
        var day = await ReadAsync("/api/explain/days/2026-10-01?org=acme");
        var charge = (string)Nodes(day).First(node => (string)node["kind"]! == "charge")["facts"]!["charge"]!;
        const string Period = "from=2026-10-01&to=2026-10-02";

        foreach (var (path, arguments) in new (string, string[])[]
        {
            ("/api/explain/runs/acme/api/101", ["acme/api/runs/101"]),
            ("/api/explain/runs/ACME/api/101?host=GitHub.com", ["github.com/101/1"]),
            ($"/api/explain/repositories/acme/api?{Period}", ["acme/api", "--from", "2026-10-01", "--to", "2026-10-02"]),
            ("/api/explain/days/2026-10-01?org=acme", ["2026-10-01", "--org", "acme"]),
            ($"/api/explain/charges/{charge}?day=2026-10-01", [charge]),
        })
        {
            var told = await served.CommandAsync(["explain", .. arguments, "--format", "json"]);
            Assert.Equal(0, told.Code);
            Assert.Equal(
                JsonNode.Parse(told.Out)!["root"]!.ToJsonString(), (await ReadAsync(path)).ToJsonString());
        }
    }

    [Theory]
    [InlineData("/api/explain/repositories/acme/api", "from must be")]
    [InlineData("/api/explain/repositories/acme/api?from=2026-10-02&to=2026-10-02", "after from")]
    [InlineData("/api/explain/repositories/acme/api?from=2025-01-01&to=2026-10-02", "400 days")]
    [InlineData("/api/explain/workflows/acme/api?from=2026-10-01&to=2026-10-02", "path must be")]
    [InlineData("/api/explain/days/2026-10-01?org=a&enterprise=b", "one account")]
    [InlineData("/api/explain/charges/0123?day=yesterday", "day must be")]
    public async Task A_wrong_query_says_what_is_wrong(string path, string expected)
    {
        var answer = await served.GetAsync(path);

        Assert.Equal((400, "query"), (answer.Status, answer.Problem));
        Assert.Contains(expected, (string)answer.Json["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/explain/runs/acme/api/102", "unknown-subject")]
    [InlineData("/api/explain/runs/acme/web/101", "unknown-subject")]
    [InlineData("/api/explain/runs/acme/api/101?host=..%2F..", "unknown-subject")]
    [InlineData("/api/explain/runs/acme/api/one", "not-found")]
    [InlineData("/api/explain/repositories/acme/none?from=2026-10-01&to=2026-10-02", "unknown-subject")]
    [InlineData("/api/explain/workflows/acme/api?path=x.lock.yml&from=2026-10-01&to=2026-10-02", "unknown-subject")]
    [InlineData("/api/explain/days/2020-01-01", "unknown-subject")]
    [InlineData("/api/explain/days/9999-12-31", "unknown-subject")]
    [InlineData("/api/explain/days/yesterday", "unknown-subject")]
    [InlineData("/api/explain/charges/0123456789abcdef0123456789abcdef", "unknown-subject")]
    [InlineData("/api/explain", "not-found")]
    [InlineData("/api/explain/CollectRun", "not-found")]
    public async Task What_is_not_known_is_not_found(string path, string problem)
    {
        var answer = await served.GetAsync(path);

        Assert.Equal((404, problem), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task It_needs_the_key()
    {
        await using var locked = await ServedLedger.StartedAsync(ledger => ledger.ApiKey = ServedLedger.Key);

        Assert.Equal(401, (await locked.GetAsync("/api/explain/days/2026-10-01")).Status);
        Assert.Equal(404, (await locked.GetAsync("/api/explain/days/2026-10-01", ServedLedger.Key)).Status);
    }

    private async Task<JsonNode> ReadAsync(string path)
    {
        var answer = await served.GetAsync(path);
        Assert.Equal(200, answer.Status);
        Assert.Equal("tokenledger/explanation/v1", (string)answer.Json["schema"]!);
        return answer.Json["root"]!;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) =>
        node["children"]!.AsArray().SelectMany(child => Nodes(child!)).Prepend(node);
}
