using System.Text;
using TokenLedger.Application.Artifacts;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class ReconciliationTests : IAsyncLifetime
{
    private ServedLedger served = null!;

    public async ValueTask InitializeAsync() => served = await ServedLedger.StartedAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task The_answer_is_an_artifact_that_proves_its_sums()
    {
        await FillAsync();

        var answer = await served.GetAsync("/api/reconciliation?org=acme&from=2026-10-01&to=2026-10-04");

        Assert.Equal(200, answer.Status);
        var result = VerifyArtifact.Execute(Encoding.UTF8.GetBytes(answer.Body));
        Assert.Empty(result.Problems);
        Assert.Equal(101, Assert.Single(result.Document.Runs).RunId);
    }

    [Fact]
    public async Task Every_problem_of_a_query_is_named_in_one_answer()
    {
        var answer = await served.GetAsync(
            "/api/reconciliation?org=acme&enterprise=big&costCenter=a&costCenter=b&from=yesterday&to=2026-13-01");

        Assert.Equal((400, "query"), (answer.Status, answer.Problem));
        foreach (var part in new[] { "one scope", "costCenter is given twice", "from must be", "to must be" })
            Assert.Contains(part, (string)answer.Json["detail"]!);
    }

    [Theory]
    [InlineData("", "one scope")]
    [InlineData("?org=&from=2026-10-01&to=2026-10-02", "one scope")]
    [InlineData("?org=acme&from=2026-10-02&to=2026-10-02", "after from")]
    [InlineData("?org=acme&from=2026-10-03&to=2026-10-02", "after from")]
    [InlineData("?org=acme&from=2025-01-01&to=2026-02-06", "400 days")]
    [InlineData("?org=acme&from=0001-01-01&to=9999-12-31", "400 days")]
    public async Task A_wrong_query_says_what_is_wrong(string query, string expected)
    {
        var answer = await served.GetAsync("/api/reconciliation" + query);

        Assert.Equal((400, "query"), (answer.Status, answer.Problem));
        Assert.Contains(expected, (string)answer.Json["detail"]!);
    }

    [Theory]
    [InlineData("?org=nobody&from=2026-10-01&to=2026-10-02")]
    [InlineData("?org=acme&from=2025-01-01&to=2026-02-05")]
    [InlineData("?org=acme&from=0001-01-01&to=0001-01-02")]
    [InlineData("?org=acme&from=9999-12-30&to=9999-12-31")]
    [InlineData("?enterprise=%3Cscript%3E&from=2026-10-01&to=2026-10-02")]
    public async Task A_scope_of_which_nothing_is_known_is_not_found(string query)
    {
        var answer = await served.GetAsync("/api/reconciliation" + query);

        Assert.Equal((404, "empty-scope"), (answer.Status, answer.Problem));
        Assert.DoesNotContain("script", answer.Body);
    }

    private async Task FillAsync()
    {
        await File.WriteAllTextAsync(served.PathOf("bill.csv"), Logs.Bill, ServedLedger.Token);
        Assert.Equal(0, (await served.CommandAsync("ingest", Logs.WriteRun(served.PathOf("run-101")))).Code);
        Assert.Equal(0, (await served.CommandAsync("import-billing", served.PathOf("bill.csv"))).Code);
    }
}
