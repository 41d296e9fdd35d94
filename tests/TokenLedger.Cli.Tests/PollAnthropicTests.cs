using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Testing.Anthropic;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Cli.Tests;

public sealed class PollAnthropicTests : IAsyncLifetime
{
    private readonly Workbench bench = new();
    private FakeAnthropic anthropic = null!;

    private DateOnly Yesterday => DateOnly.FromDateTime(bench.Now.UtcDateTime).AddDays(-1);

    public async ValueTask InitializeAsync()
    {
        anthropic = await FakeAnthropic.StartAsync(Workbench.Token);
        Source("Kind", "anthropic");
        Source("Organization", "acme");
        Source("ApiUrl", anthropic.Url.AbsoluteUri);
        Source("Token", anthropic.Key);
        Source("Pays__Organizations__0", "acme");
        Source("Buckets__0__Match__Workspace", "default");
    }

    public async ValueTask DisposeAsync()
    {
        await anthropic.DisposeAsync();
        bench.Dispose();
    }

    [Fact]
    public async Task A_run_gets_its_share_and_a_copilot_run_of_the_same_model_and_day_nothing()
    {
        Bill();

        var result = await ReconcileAsync();

        var (keyed, copilot) = (Run(result, 1), Run(result, 2));
        // 1,000 tokens each at 2 and 10 USD a million; what is billed beyond that is other people's.
        Assert.Equal(1.2m, keyed.GetProperty("billedAiCredits").GetDecimal());
        Assert.Equal(JsonValueKind.Null, copilot.GetProperty("billedAiCredits").ValueKind);
        Assert.Equal(0, Shares(copilot));
        Assert.Equal(2, Shares(keyed));
        Assert.Equal(103.2m, Total(result, "billedAiCredits"));
        Assert.Equal(102m, Total(result, "unallocatedAiCredits"));
        // What is no model usage stands on the bill and in no total of it.
        Assert.Equal(12.5m, Assert.Single(
            result.GetProperty("charges").EnumerateArray(),
            charge => charge.GetProperty("product").GetString() == "code_execution")
            .GetProperty("billedAiCredits").GetDecimal());
    }

    [Fact]
    public async Task In_a_workspace_of_agents_alone_the_runs_answer_for_all_tokens_and_for_nothing_else()
    {
        Source("Buckets__0__Match__Workspace", "wrkspc_agents");
        Source("Buckets__0__Exclusive", "true");
        Bill("wrkspc_agents");

        var result = await ReconcileAsync();

        Assert.Equal(3.2m, Run(result, 1).GetProperty("billedAiCredits").GetDecimal());
        Assert.Equal(0, Shares(Run(result, 2)));
        Assert.Equal(100m, Total(result, "unallocatedAiCredits"));
    }

    [Fact]
    public async Task A_workspace_that_nobody_named_gives_no_run_anything()
    {
        Bill("wrkspc_production");

        var result = await ReconcileAsync();

        Assert.Equal(0, Shares(Run(result, 1)));
        Assert.Equal(103.2m, Total(result, "unallocatedAiCredits"));
    }

    [Fact]
    public async Task Where_Anthropic_counts_the_tokens_of_our_runs_alone_they_answer_for_all_of_the_money()
    {
        Source("Pays__Payers__0", "key");
        Bill();
        anthropic.Counts.Add(new FakeTokenCount(Yesterday, "claude-sonnet-5", new TokenCounts(1_000, 1_000, 0)));
        anthropic.Counts.Add(new FakeTokenCount(Yesterday, "claude-opus-5", new TokenCounts(0, 40_000, 0))
        {
            Workspace = "wrkspc_other",
        });

        var result = await ReconcileAsync();

        Assert.Equal(3.2m, Run(result, 1).GetProperty("billedAiCredits").GetDecimal());
        Assert.Equal(0, Shares(Run(result, 2)));
        var input = result.GetProperty("charges").EnumerateArray().Single(charge =>
            charge.GetProperty("role").GetString() == "basis" && charge.GetProperty("tokenKind").GetString() == "input");
        var share = Run(result, 1).GetProperty("models")[0].GetProperty("shares").EnumerateArray().Single(
            share => share.GetProperty("chargeId").GetString() == input.GetProperty("id").GetString());
        Assert.Equal("exact", share.GetProperty("confidence").GetString());
        var count = result.GetProperty("charges").EnumerateArray().First(
            charge => charge.GetProperty("category").GetString() == "token-count"
                && charge.GetProperty("workspace").GetString() == "default");
        Assert.Equal(
            ("check", "token-counts", JsonValueKind.Null, 1_000m),
            (count.GetProperty("role").GetString(), count.GetProperty("component").GetString(),
                count.GetProperty("billedAiCredits").ValueKind, count.GetProperty("quantity").GetDecimal()));
        bench.Write("artifact.json", result.GetRawText());
        var verified = await bench.RunAsync("verify", bench.Path("artifact.json"));
        Assert.True(verified.Code == 0, verified.Out + verified.Error);
    }

    [Fact]
    public async Task Tokens_of_priority_tier_are_said_to_be_in_no_bill()
    {
        Bill();
        anthropic.Counts.Add(new FakeTokenCount(Yesterday, "claude-sonnet-5", new TokenCounts(70, 7, 0))
        {
            ServiceTier = "priority",
        });

        var result = await ReconcileAsync();

        var warning = Assert.Single(
            result.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetProperty("code").GetString() == "priority-tier-not-billed");
        Assert.Contains("77 tokens of claude-sonnet-5", warning.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Counts_that_are_refused_keep_no_bill_away()
    {
        Bill();
        anthropic.Misbehave(new ProviderFault { Path = "usage_report", Status = 403, Body = "{}" });
        bench.WriteRun(1, "acme/api", Yesterday.ToString("O"), "Keyed", "anthropic", "claude-sonnet-5");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);

        var polled = await bench.RunAsync("poll", "--format", "json");

        Assert.Equal(3, polled.Code);
        Assert.Contains("usage_report/messages", polled.Out + polled.Error);
        Assert.Equal(103.2m, Total(await ReadAsync(), "billedAiCredits"));
    }

    [Fact]
    public async Task Counts_without_a_bill_are_no_bill()
    {
        anthropic.Counts.Add(new FakeTokenCount(Yesterday, "claude-sonnet-5", new TokenCounts(1_000, 1_000, 0)));
        anthropic.Misbehave(new ProviderFault { Path = "cost_report", Status = 403, Body = "{}" });
        bench.WriteRun(1, "acme/api", Yesterday.ToString("O"), "Keyed", "anthropic", "claude-sonnet-5");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);

        await bench.RunAsync("poll");
        var result = await ReadAsync();

        Assert.Equal(JsonValueKind.Null, result.GetProperty("totals").GetProperty("billedAiCredits").ValueKind);
        Assert.Equal(JsonValueKind.Null, Run(result, 1).GetProperty("billedAiCredits").ValueKind);
        var settlement = Assert.Single(result.GetProperty("settlement").EnumerateArray());
        Assert.Equal(
            ("estimated", 0),
            (settlement.GetProperty("status").GetString(), settlement.GetProperty("observations").GetInt32()));
    }

    [Fact]
    public async Task People_are_asked_for_only_where_views_name_them_and_never_added()
    {
        Bill();
        anthropic.RowsPerPage = 1;
        anthropic.Persons.Add(new FakePersonUse(Yesterday, "<b>dev@example.com", "claude-sonnet-5", new(5, 6, 7, 8), 6_725));
        anthropic.Persons.Add(new FakePersonUse(Yesterday, null, "claude-sonnet-5", new(1, 2, 3), 100));

        var without = await ReconcileAsync();
        Assert.DoesNotContain(anthropic.Requests, request => request.Target.Contains("claude_code", StringComparison.Ordinal));
        Source("Views__0", "cost_report");
        Source("Views__1", "usage_report/claude_code");
        var polled = await bench.RunAsync("poll", "--format", "json");
        var with = await ReadAsync();
        var table = await bench.RunAsync(
            "reconcile", "--org", "acme", "--from", Yesterday.ToString("O"), "--to", Yesterday.AddDays(1).ToString("O"),
            "--format", "markdown");

        Assert.True(polled.Code == 0, polled.Error);
        foreach (var total in (string[])["billedAiCredits", "allocatedAiCredits", "unallocatedAiCredits"])
            Assert.Equal(Total(without, total), Total(with, total));
        var persons = with.GetProperty("charges").EnumerateArray()
            .Where(charge => charge.GetProperty("view").GetString() == "claude-code-usage").ToList();
        Assert.Equal(4 + 1 + 3 + 1, persons.Count);
        Assert.All(persons, charge => Assert.Equal(
            ("check", JsonValueKind.Null),
            (charge.GetProperty("role").GetString(), charge.GetProperty("billedAiCredits").ValueKind)));
        Assert.Contains("67.25", table.Out);
        Assert.Contains("ci-runner", table.Out);
        Assert.DoesNotContain("<b>", table.Out);
    }

    [Fact]
    public async Task A_credit_pool_tells_what_the_bill_has_used_of_it()
    {
        Source("CreditPools__0__Name", "Max <20x>");
        Source("CreditPools__0__AmountUsd", "1.10");
        Source("CreditPools__0__CycleDay", Yesterday.Day.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Bill();

        var result = await ReconcileAsync();
        bench.Write("artifact.json", result.GetRawText());
        var verified = await bench.RunAsync("verify", bench.Path("artifact.json"));
        Source("CreditPools__0__CycleDay", "32");
        Source("CreditPools__0__AmountUsd", "-1");
        var refused = await bench.RunAsync("reconcile", "--org", "acme", "--from", "2026-01-01", "--to", "2026-01-02");

        // 1.157 USD were billed, code execution too.
        var pool = Assert.Single(result.GetProperty("creditPools").EnumerateArray());
        Assert.Equal(
            ("Max <20x>", 1.1m, 1.157m, 1.1m, 0m, Yesterday.ToString("O")),
            (pool.GetProperty("name").GetString(), pool.GetProperty("grantedUsd").GetDecimal(),
                pool.GetProperty("billedGrossUsd").GetDecimal(), pool.GetProperty("usedUsd").GetDecimal(),
                pool.GetProperty("leftUsd").GetDecimal(), pool.GetProperty("start").GetString()));
        Assert.True(verified.Code == 0, verified.Out + verified.Error);
        Assert.Equal(2, refused.Code);
        Assert.Contains("AmountUsd must be a number", refused.Error);
        Assert.Contains("CycleDay must be a day", refused.Error);
    }

    [Fact]
    public async Task Doctor_says_whether_the_key_is_accepted()
    {
        var accepted = await bench.RunAsync("doctor", "--format", "json");
        Source("Token", "sk-ant-api03-aKeyOfAWorkspace");
        var refused = await bench.RunAsync("doctor", "--format", "json");

        Assert.Contains("Answered: it is polled.", accepted.Out);
        Assert.Contains("TL1052", refused.Out);
        Assert.Contains("Admin API key", refused.Out);
        Assert.DoesNotContain("aKeyOfAWorkspace", refused.Out + refused.Error);
    }

    [Fact]
    public async Task The_polled_bill_comes_back_from_the_archive()
    {
        Bill();
        anthropic.RowsPerPage = 1;
        var before = await ReconcileAsync();
        File.Delete(bench.Path("ledger.db"));

        var rebuilt = await bench.RunAsync("rebuild");

        Assert.True(rebuilt.Code == 0, rebuilt.Error);
        Assert.Equal(Total(before, "billedAiCredits"), Total(await ReadAsync(), "billedAiCredits"));
    }

    [Fact]
    public async Task A_saved_answer_can_be_imported_and_a_cut_one_is_no_bill()
    {
        Bill();
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("x-api-key", anthropic.Key);
        client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        var answer = await client.GetStringAsync(
            new Uri(anthropic.Url, $"v1/organizations/cost_report?starting_at={Yesterday:O}T00:00:00Z"
                + $"&ending_at={Yesterday.AddDays(1):O}T00:00:00Z&bucket_width=1d&limit=1"
                + "&group_by[]=workspace_id&group_by[]=description"),
            Workbench.Token);
        var cut = bench.Write("bills/cut.json", answer.Replace(
            "\"has_more\":false,\"next_page\":null", "\"has_more\":true,\"next_page\":\"a\"", StringComparison.Ordinal));
        var whole = bench.Write("bills/whole.json", answer);

        var refused = await bench.RunAsync("import-billing", cut, "--org", "acme");
        var taken = await bench.RunAsync("import-billing", whole, "--org", "acme");

        Assert.Equal((3, 0), (refused.Code, taken.Code));
        Assert.Contains("TL0622", refused.Error);
        Assert.Equal(103.2m, Total(await ReadAsync(), "billedAiCredits"));
    }

    private void Source(string key, string value) => bench.Variables["TokenLedger__Sources__0__" + key] = value;

    private void Bill(string? workspace = null) => anthropic.Costs.AddRange(
    [
        new FakeCost(Yesterday, "0.2", "claude-sonnet-5", "uncached_input_tokens") { Workspace = workspace },
        new FakeCost(Yesterday, "3", "claude-sonnet-5", "output_tokens") { Workspace = workspace },
        new FakeCost(Yesterday, "100", "claude-opus-5", "output_tokens") { Workspace = "wrkspc_other" },
        new FakeCost(Yesterday, "12.5", null, null)
        {
            CostType = "code_execution", ServiceTier = null, Workspace = workspace,
        },
    ]);

    private async Task<JsonElement> ReconcileAsync()
    {
        var day = Yesterday.ToString("O");
        bench.WriteRun(1, "acme/api", day, "Keyed", "anthropic", "claude-sonnet-5");
        bench.WriteRun(2, "acme/api", day, "Copilot", "copilot", "claude-sonnet-5");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        var polled = await bench.RunAsync("poll", "--format", "json");
        Assert.True(polled.Code == 0, polled.Error);
        Assert.Contains("cost_report", polled.Out);
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

    private static JsonElement Run(JsonElement result, long id) => Assert.Single(
        result.GetProperty("runs").EnumerateArray(), run => run.GetProperty("runId").ToString() == $"{id}");

    private static int Shares(JsonElement run) => run.GetProperty("models").EnumerateArray()
        .Sum(model => model.GetProperty("shares").GetArrayLength());
}
