using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Testing.OpenAI;

namespace TokenLedger.Cli.Tests;

public sealed class PollOpenAITests : IAsyncLifetime
{
    private readonly Workbench bench = new();
    private FakeOpenAI openAI = null!;

    private DateOnly Yesterday => DateOnly.FromDateTime(bench.Now.UtcDateTime).AddDays(-1);

    public async ValueTask InitializeAsync()
    {
        openAI = await FakeOpenAI.StartAsync(Workbench.Token);
        Source("Kind", "openai");
        Source("Organization", "acme");
        Source("ApiUrl", openAI.Url.AbsoluteUri);
        Source("Token", openAI.Key);
        Source("Pays__Organizations__0", "acme");
        Source("Buckets__0__Match__Project", "proj_agents");
    }

    public async ValueTask DisposeAsync()
    {
        await openAI.DisposeAsync();
        bench.Dispose();
    }

    [Fact]
    public async Task A_run_gets_its_share_and_a_copilot_run_of_the_same_model_and_day_nothing()
    {
        Bill();
        openAI.RowsPerPage = 2;

        var result = await ReconcileAsync();

        var (keyed, copilot) = (Run(result, 1), Run(result, 2));
        // 1,000 tokens each at 4 and 20 USD a million, of which the bill shows all and 0.001 credits.
        Assert.Equal(2.001m, keyed.GetProperty("billedAiCredits").GetDecimal());
        Assert.Equal(JsonValueKind.Null, copilot.GetProperty("billedAiCredits").ValueKind);
        Assert.Equal((2, 0), (Shares(keyed), Shares(copilot)));
        // To the last digit what is billed for tokens: 0.00001 + 0.03 + 1 + 0.5 − 0.25 USD.
        Assert.Equal(128.001m, Total(result, "billedAiCredits"));
        Assert.Equal(126m, Total(result, "unallocatedAiCredits"));
        // What is no model usage stands on the bill and in no total of it.
        Assert.Equal(12.5m, Charge(result, "web search tool calls").GetProperty("billedAiCredits").GetDecimal());
        Assert.Equal("other", Charge(result, "web search tool calls").GetProperty("category").GetString());
        var warning = Assert.Single(
            result.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetProperty("code").GetString() == "unmapped-line-items");
        Assert.Contains("understood: 1. No run gets any of their 0.5 USD", warning.GetProperty("message").GetString());
    }

    [Fact]
    public async Task In_a_project_of_agents_alone_the_runs_answer_for_all_mapped_tokens_and_for_nothing_else()
    {
        Source("Buckets__0__Exclusive", "true");
        Bill();

        var result = await ReconcileAsync();

        Assert.Equal(3.001m, Run(result, 1).GetProperty("billedAiCredits").GetDecimal());
        Assert.Equal(0, Shares(Run(result, 2)));
        Assert.Equal(125m, Total(result, "unallocatedAiCredits"));
    }

    [Fact]
    public async Task Where_OpenAI_counts_the_tokens_of_our_runs_alone_they_answer_for_all_of_the_money()
    {
        Bill();
        for (var i = 0; i < openAI.Costs.Count; i++)
            openAI.Costs[i] = openAI.Costs[i] with { Unit = null };
        openAI.Completions.Add(new FakeCompletions(Yesterday, "gpt-5.6-sol-2026-06-26", new TokenCounts(1_000, 1_000, 0)));
        openAI.Completions.Add(new FakeCompletions(Yesterday, "gpt-5.6-sol", new TokenCounts(0, 9, 0)) { Project = "proj_other" });

        var result = await ReconcileAsync();

        Assert.Equal(3.001m, Run(result, 1).GetProperty("billedAiCredits").GetDecimal());
        Assert.Equal(0, Shares(Run(result, 2)));
    }

    [Theory]
    [InlineData("Project", "proj_production")]
    [InlineData("ApiKey", "key_production")]
    public async Task A_project_or_key_that_is_not_the_configured_one_gives_no_run_anything(string name, string value)
    {
        bench.Variables.Remove("TokenLedger__Sources__0__Buckets__0__Match__Project");
        Source("Buckets__0__Match__" + name, value);
        Bill();

        var result = await ReconcileAsync();

        Assert.Equal(0, Shares(Run(result, 1)));
        Assert.Equal(128.001m, Total(result, "unallocatedAiCredits"));
    }

    [Fact]
    public async Task A_configured_key_is_asked_for_and_matched()
    {
        bench.Variables.Remove("TokenLedger__Sources__0__Buckets__0__Match__Project");
        Source("Buckets__0__Match__ApiKey", "key_agents");
        Bill();

        var result = await ReconcileAsync();

        Assert.Equal(2.001m, Run(result, 1).GetProperty("billedAiCredits").GetDecimal());
        Assert.All(openAI.Requests, request => Assert.Contains("api_key_id", request.Target));
    }

    [Fact]
    public async Task The_result_proves_itself_and_the_polled_bill_comes_back_from_the_archive()
    {
        Bill();
        openAI.RowsPerPage = 1;
        var before = await ReconcileAsync();
        var file = bench.Write("result.json", before.GetRawText());
        var verified = await bench.RunAsync("verify", file);
        File.Delete(bench.Path("ledger.db"));

        var rebuilt = await bench.RunAsync("rebuild");

        Assert.True(verified.Code == 0, verified.Error);
        Assert.True(rebuilt.Code == 0, rebuilt.Error);
        Assert.Equal(Total(before, "billedAiCredits"), Total(await ReadAsync(), "billedAiCredits"));
    }

    [Fact]
    public async Task Doctor_says_whether_the_key_is_accepted_and_of_what_kind_it_is()
    {
        var accepted = await bench.RunAsync("doctor", "--format", "json");
        Source("Token", openAI.ProjectKey);
        var forbidden = await bench.RunAsync("doctor", "--format", "json");
        Source("Token", "sk-admin-revoked");
        var refused = await bench.RunAsync("doctor", "--format", "json");

        Assert.Contains("Answered: it is polled.", accepted.Out);
        Assert.Contains("TL1052", forbidden.Out);
        Assert.Contains("begins like one of a project", forbidden.Out);
        Assert.Contains("admin-keys", forbidden.Out);
        Assert.Contains("(401)", refused.Out);
        Assert.DoesNotContain(openAI.ProjectKey, forbidden.Out + forbidden.Error);
        Assert.DoesNotContain("sk-admin-revoked", refused.Out + refused.Error);
    }

    [Fact]
    public async Task A_day_settles_when_it_is_three_days_old_and_two_looks_a_day_apart_are_equal()
    {
        Bill();
        var day = Yesterday;
        var statuses = new List<string?>();
        for (var later = 0; later < 4; later++)
        {
            await bench.RunAsync("poll");
            var settlement = await bench.RunAsync(
                "settlement", "--org", "acme", "--from", $"{day:O}", "--to", $"{day.AddDays(1):O}", "--format", "csv");
            statuses.Add(settlement.Out.Contains("settled", StringComparison.OrdinalIgnoreCase) ? "settled"
                : settlement.Out.Contains("provisional", StringComparison.OrdinalIgnoreCase) ? "provisional" : null);
            bench.Now = bench.Now.AddDays(1);
        }

        Assert.Equal(["provisional", "provisional", "provisional", "settled"], statuses);
    }

    [Fact]
    public async Task A_saved_answer_can_be_imported_and_a_cut_one_is_no_bill()
    {
        Bill();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", openAI.Key);
        var start = new DateTimeOffset(Yesterday, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
        var answer = await client.GetStringAsync(
            new Uri(openAI.Url, $"v1/organization/costs?start_time={start}&end_time={start + 86_400}&bucket_width=1d"
                + "&limit=1&group_by[]=line_item&group_by[]=project_id"),
            Workbench.Token);
        var cut = bench.Write("bills/cut.json", answer.Replace(
            "\"has_more\":false,\"next_page\":null", "\"has_more\":true,\"next_page\":\"a\"", StringComparison.Ordinal));
        var whole = bench.Write("bills/whole.json", answer);

        var refused = await bench.RunAsync("import-billing", cut, "--org", "acme");
        var taken = await bench.RunAsync("import-billing", whole, "--org", "acme");

        Assert.Equal((3, 0), (refused.Code, taken.Code));
        Assert.Contains("TL0622", refused.Error);
        Assert.Equal(128.001m, Total(await ReadAsync(), "billedAiCredits"));
    }

    private void Source(string key, string value) => bench.Variables["TokenLedger__Sources__0__" + key] = value;

    // Input is billed below its estimate, output above it; a text with control characters is another's problem.
    private void Bill() => openAI.Costs.AddRange(
    [
        new FakeOpenAICost(Yesterday, "1e-05", "gpt-5.6-sol-2026-06-26, Input"),
        new FakeOpenAICost(Yesterday, "0.03", "gpt-5.6-sol-2026-06-26, output"),
        new FakeOpenAICost(Yesterday, "1.0", "gpt-5.6-sol, output") { Project = "proj_other", ApiKey = "key_other" },
        new FakeOpenAICost(Yesterday, "0.5", "gpt-5.6-sol, thoughts\u001b[31m"),
        new FakeOpenAICost(Yesterday, "-0.25", "gpt-5.6-luna, output") { Project = null, ApiKey = null, Unit = null },
        new FakeOpenAICost(Yesterday, "0.125", "web search tool calls") { Unit = null },
    ]);

    private async Task<JsonElement> ReconcileAsync()
    {
        var day = Yesterday.ToString("O");
        bench.WriteRun(1, "acme/api", day, "Keyed", "openai", "gpt-5.6-sol");
        bench.WriteRun(2, "acme/api", day, "Copilot", "copilot", "gpt-5.6-sol");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        var polled = await bench.RunAsync("poll", "--format", "json");
        Assert.True(polled.Code == 0, polled.Error);
        Assert.Contains("organization/costs", polled.Out);
        return await ReadAsync();
    }

    private async Task<JsonElement> ReadAsync()
    {
        var outcome = await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", Yesterday.ToString("O"), "--to", Yesterday.AddDays(1).ToString("O"),
            "--format", "json");
        Assert.True(outcome.Code == 0, outcome.Error);
        return JsonDocument.Parse(outcome.Out).RootElement;
    }

    private static decimal Total(JsonElement result, string name) =>
        result.GetProperty("totals").GetProperty(name).GetDecimal();

    private static JsonElement Charge(JsonElement result, string sku) => Assert.Single(
        result.GetProperty("charges").EnumerateArray(), charge => charge.GetProperty("sku").GetString() == sku);

    private static JsonElement Run(JsonElement result, long id) => Assert.Single(
        result.GetProperty("runs").EnumerateArray(), run => run.GetProperty("runId").ToString() == $"{id}");

    private static int Shares(JsonElement run) => run.GetProperty("models").EnumerateArray()
        .Sum(model => model.GetProperty("shares").GetArrayLength());
}
