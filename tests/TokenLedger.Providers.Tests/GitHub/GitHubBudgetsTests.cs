using TokenLedger.Application.Budgets;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Providers.GitHub;
using TokenLedger.Testing.GitHub.Billing;
using TokenLedger.Testing.InMemory;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Providers.Tests.GitHub;

public sealed class GitHubBudgetsTests : IAsyncLifetime
{
    private const string Acme = "organizations/acme";

    private GitHubWorld world = null!;
    private GitHubConnection connection = null!;

    private SourceConfiguration Source => new()
    {
        Name = "acme", Kind = "github", Organization = "acme", ApiUrl = world.GitHub.Url,
        Token = new Secret(world.GitHub.Token),
    };

    private GitHubBudgets Budgets => new(connection);

    public async ValueTask InitializeAsync()
    {
        world = await GitHubWorld.StartAsync();
        connection = new GitHubConnection(
            world.Clock, new GitHubOptions { RetryDelay = TimeSpan.FromMilliseconds(1), Jitter = () => 0.5 });
    }

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Budgets_of_every_page_are_told_as_GitHub_tells_them()
    {
        world.GitHub.Bills.AddBudgets(Acme, new FakeBudget("b-0", 500)
        {
            ConsumedUsd = 12.3456m, Scope = "cost_center", Entity = "R&D", PreventsUsage = true,
        });
        world.GitHub.Bills.AddBudgets(Acme, [.. Enumerable.Range(1, 120).Select(at => new FakeBudget($"b-{at}", at))]);

        var (budgets, refusal) = await Budgets.ReadAsync(Source, GitHubWorld.Token);

        Assert.Null(refusal);
        Assert.Equal(121, budgets!.Count);
        Assert.Equal(
            new ProviderBudget(
                "b-0", "cost_center", "R&D", "BundlePricing", "ai_credits", 500, 12.3456m, true, true), budgets[0]);
        Assert.Null(budgets[1].ConsumedUsd);
        Assert.Equal(2, world.GitHub.Requests.Count);
        Assert.Equal(
            "/organizations/acme/settings/billing/budgets?per_page=100&page=1", world.GitHub.Requests[0].Target);
    }

    [Theory]
    [InlineData("""{"budgets":[{"id":"1","budget_product_skus":["a","b"],"budget_amount":"5","prevent_further_usage":1}]}""", 1)]
    [InlineData("""{"budgets":[{"budget_amount":5},7,null,{"id":""}]}""", 0)]
    [InlineData("""{"budgets":[]}""", 0)]
    public async Task Fields_of_another_form_are_unknown_and_what_has_no_id_is_no_budget(string body, int count)
    {
        world.GitHub.Misbehave(new ProviderFault { Body = body });

        var (budgets, refusal) = await Budgets.ReadAsync(Source, GitHubWorld.Token);

        Assert.Null(refusal);
        Assert.Equal(count, budgets!.Count);
        Assert.All(budgets, budget => Assert.Equal(
            new ProviderBudget("1", null, null, null, "a, b", null, null, null, null), budget));
    }

    [Fact]
    public async Task A_list_without_an_end_is_refused()
    {
        world.GitHub.Misbehave(new ProviderFault { Body = """{"budgets":[],"has_next_page":true}""", Times = 100 });

        var (_, refusal) = await Budgets.ReadAsync(Source, GitHubWorld.Token);

        Assert.Equal((ProviderRefusal.TooLarge, 10), (refusal!.Code, world.GitHub.Requests.Count));
    }

    [Theory]
    [InlineData(403, "{}", "forbidden")]
    [InlineData(404, "{}", "not-found")]
    [InlineData(200, "<html>", "malformed")]
    [InlineData(200, """{"items":[]}""", "malformed")]
    public async Task A_refusal_is_told_and_keeps_what_was_read_before(int status, string body, string code)
    {
        var records = new InMemoryRecords();
        world.GitHub.Bills.AddBudgets(Acme, new FakeBudget("b-1", 500), new FakeBudget("b-2", 7));
        Assert.Empty(await Fetch(records).ExecuteAsync(GitHubWorld.Token));
        world.GitHub.Misbehave(new ProviderFault { Status = status, Body = body, Times = 2 });

        var (_, refusal) = await Budgets.ReadAsync(Source, GitHubWorld.Token);
        var told = Assert.Single(await Fetch(records).ExecuteAsync(GitHubWorld.Token));

        Assert.Equal(code, refusal!.Code);
        Assert.Contains("its budgets", told, StringComparison.Ordinal);
        Assert.DoesNotContain(world.GitHub.Token, told, StringComparison.Ordinal);
        Assert.Equal(["b-1", "b-2"], await KeptAsync(records));
    }

    [Fact]
    public async Task What_is_kept_is_what_was_read_last()
    {
        var records = new InMemoryRecords();
        world.GitHub.Bills.AddBudgets(Acme, new FakeBudget("b-1", 500), new FakeBudget("b-2", 7));
        await Fetch(records).ExecuteAsync(GitHubWorld.Token);
        world.GitHub.Bills.ClearBudgets(Acme);
        world.GitHub.Bills.AddBudgets(Acme, new FakeBudget("b-2", 8), new FakeBudget("b-3/../x", 9));

        await Fetch(records).ExecuteAsync(GitHubWorld.Token);

        Assert.Equal(["b-2", "b-3/../x"], await KeptAsync(records));
        var kept = await Fetch(records).ReadAsync(GitHubWorld.Token);
        Assert.Equal(("github:organization:acme", 8m), (kept[0].AccountKey, kept[0].Budget.AmountUsd));
    }

    [Fact]
    public void Only_accounts_of_GitHub_with_a_token_are_asked()
    {
        Assert.True(Budgets.Covers(Source));
        Assert.True(Budgets.Covers(Source with { Enterprise = "acme-inc" }));
        Assert.False(Budgets.Covers(Source with { Token = null }));
        Assert.False(Budgets.Covers(Source with { Kind = "openai" }));
        Assert.False(Budgets.Covers(Source with { Organization = null, User = "mona" }));
    }

    private FetchProviderBudgets Fetch(IRecords records) => new(
        Budgets, records, new LedgerConfiguration { Sources = [Source, Source with { Name = "again" }] }, world.Clock);

    private static async Task<IEnumerable<string>> KeptAsync(IRecords records) => await records
        .ReadAsync(BudgetTables.ProviderBudgets, null, null, GitHubWorld.Token)
        .Select(stored => stored.Row.Text("id")!)
        .ToListAsync(GitHubWorld.Token);
}
