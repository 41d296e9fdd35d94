using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Budgets;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class HeadroomTests
{
    private static readonly LedgerConfiguration Configuration = new()
    {
        Budgets =
        [
            new Budget
            {
                Name = "web", Period = BudgetPeriodKind.Month, LimitNanoCredits = 100_000_000_000,
                Enforcement = BudgetEnforcement.Hard,
            },
        ],
    };

    [Fact]
    public async Task Room_is_held_until_nothing_is_left_and_given_back_by_its_id()
    {
        await using var served = await StartAsync();

        var first = await served.GetAsync("/api/budgets/WEB/headroom?estimateUsd=0.6&run=acme/web/7/1");
        var again = await served.GetAsync("/api/budgets/web/headroom?estimateUsd=0.6&run=acme/web/7/1");
        var other = await served.GetAsync("/api/budgets/web/headroom?estimateUsd=0.6&run=acme/web/8/1");

        Assert.Equal((200, "warn"), (first.Status, (string)first.Json["decision"]!));
        Assert.Equal("not-evaluated", (string)first.Json["reason"]!["code"]!);
        Assert.Contains("no-store", first.Headers);
        Assert.Equal((string)first.Json["reservation"]!["id"]!, (string)again.Json["reservation"]!["id"]!);
        Assert.Equal(("deny", "over-budget"), ((string)other.Json["decision"]!, (string)other.Json["reason"]!["code"]!));
        Assert.Null(other.Json["reservation"]);

        var path = "/api/budgets/web/reservations/" + (string)first.Json["reservation"]!["id"]!;
        Assert.Equal(204, (await served.SendAsync(HttpMethod.Delete, path, _ => { })).Status);
        Assert.Equal("unknown-reservation", (await served.SendAsync(HttpMethod.Delete, path, _ => { })).Problem);
        var now = await served.GetAsync("/api/budgets/web/headroom?estimateUsd=0.6&run=acme/web/8/1");
        Assert.Equal("warn", (string)now.Json["decision"]!);
    }

    [Theory]
    [InlineData("/api/budgets/none/headroom", 404, "unknown-budget")]
    [InlineData("/api/budgets/web/headroom?estimateUsd=-1", 400, "query")]
    [InlineData("/api/budgets/web/headroom?estimateUsd=1e9", 400, "query")]
    [InlineData("/api/budgets/web/headroom?estimateUsd=1&estimateUsd=2", 400, "query")]
    [InlineData("/api/budgets/web/headroom?run=acme", 400, "query")]
    [InlineData("/api/budgets/web/headroom?reserve=maybe", 400, "query")]
    [InlineData("/api/budgets/web/headroom?expiresMinutes=0", 400, "query")]
    public async Task What_cannot_be_asked_is_a_problem_that_says_so(string path, int status, string problem)
    {
        await using var served = await StartAsync();

        var answer = await served.GetAsync(path);

        Assert.Equal((status, problem), (answer.Status, answer.Problem));
    }

    private static Task<ServedLedger> StartAsync() =>
        ServedLedger.StartedAsync(served => served.Configuration = Configuration);
}
