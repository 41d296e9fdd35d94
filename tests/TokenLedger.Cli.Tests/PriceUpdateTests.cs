using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class PriceUpdateTests : IDisposable
{
    // Sonnet 5 fell from 2 and 10; of gpt-5.5 the list has two prices; Haiku 4.5 is only there by a similar name.
    private const string ModelsDev =
        """
        {"anthropic":{"models":{
           "claude-sonnet-5":{"cost":{"input":1.5,"output":7.5,"cache_read":0.15,"cache_write":1.875}},
           "claude-opus-5":{"cost":{"input":5,"output":25}},
           "claude-haiku-4-5-turbo":{"cost":{"input":9,"output":9}}}},
         "openai":{"models":{
           "gpt-5.5":{"cost":{"input":5,"output":30}},
           "gpt-5.5-2026-04-24":{"cost":{"input":4,"output":20}}}}}
        """;

    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_changes_are_shown_first_and_nothing_is_written()
    {
        var result = await UpdateAsync(ModelsDev, "--prices", bench.Path("mine.json"));

        Assert.Equal(3, result.Code);
        Assert.Matches(@"claude-sonnet-5 +0 +input +2\.00 +1\.50", result.Out);
        Assert.Matches(@"claude-sonnet-5 +0 +cacheWrite1h +4\.00 +–", result.Out);
        Assert.Contains("claude-haiku-4-5-turbo", result.Out);
        Assert.Contains("one name, two prices", result.Out);
        Assert.DoesNotContain("claude-opus-5 ", result.Out);
        Assert.Contains("nothing was written", result.Error);
        Assert.False(File.Exists(bench.Path("mine.json")));
    }

    [Fact]
    public async Task Written_prices_hold_from_their_day_on_and_a_second_run_changes_nothing()
    {
        var mine = bench.Path("mine.json");
        var first = await UpdateAsync(ModelsDev, "--prices", mine, "--yes", "--model", "claude-sonnet-5");
        Assert.Equal(0, first.Code);
        var written = await File.ReadAllBytesAsync(mine, Workbench.Token);
        bench.Now = bench.Now.AddDays(30);

        var second = await UpdateAsync(ModelsDev, "--prices", mine, "--yes", "--model", "claude-sonnet-5");

        Assert.Equal(0, second.Code);
        Assert.Contains("nothing changes", second.Error);
        Assert.Equal(written, await File.ReadAllBytesAsync(mine, Workbench.Token));
        Assert.Equal(2m, await InputOnAsync("2026-10-06"));
        Assert.Equal(1.5m, await InputOnAsync("2026-10-07"));
        Assert.Empty(Directory.GetFiles(bench.Path("."), "*.tmp"));

        async Task<decimal> InputOnAsync(string day)
        {
            var list = await bench.RunAsync(
                "prices", "--model", "claude-sonnet-5", "--on", day, "--prices", mine, "--format", "json");
            return (decimal)JsonNode.Parse(list.Out)!["rows"]!.AsArray()
                .Single(row => (string?)row!["channel"] == "anthropic")!["input"]!;
        }
    }

    [Theory]
    [InlineData("list.json", "--output", "list.json")]
    [InlineData("list.json", "--prices", "list.json", "--yes")]
    [InlineData("mine.json", "--prices", "mine.json", "--yes", "--output", "other.json")]
    public async Task A_target_that_would_lose_a_file_is_wrong_usage(string named, params string[] rest)
    {
        var result = await UpdateAsync(
            ModelsDev, [.. rest.Select(part => part.EndsWith(".json", StringComparison.Ordinal) ? bench.Path(part) : part)]);

        Assert.True(result.Code == 2, named + result.Error);
        Assert.Equal(ModelsDev, await File.ReadAllTextAsync(bench.Path("list.json"), Workbench.Token));
    }

    [Fact]
    public async Task While_another_process_updates_the_file_nothing_is_read_or_written()
    {
        var mine = bench.Path("mine.json");
        await using (File.Open(mine + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
        {
            var busy = await UpdateAsync(ModelsDev, "--prices", mine, "--yes");

            Assert.Equal(1, busy.Code);
            Assert.Contains("try again", busy.Error);
            Assert.False(File.Exists(mine));
        }

        Assert.Equal(3, (await UpdateAsync(ModelsDev, "--prices", mine, "--yes")).Code);
        Assert.False(File.Exists(mine + ".lock"));
    }

    [Fact]
    public async Task Runs_are_priced_by_the_written_file_from_the_effective_day_on()
    {
        bench.WriteRun(101, "acme/api", "2026-10-06", "Keyed", "anthropic", "claude-sonnet-5");
        bench.WriteRun(102, "acme/api", "2026-10-07", "Keyed", "anthropic", "claude-sonnet-5");
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
        await UpdateAsync(ModelsDev, "--output", bench.Path("mine.json"));

        var usage = await bench.RunAsync(
            "usage", "--by", "day", "--prices", bench.Path("mine.json"), "--format", "csv");

        // A thousand tokens each way: 1.2 credits at 2 and 10 USD a million, 0.9 at 1.5 and 7.5.
        Assert.Contains("2026-10-06,1,1,1000,1000,0,0,1.2,0", usage.Out);
        Assert.Contains("2026-10-07,1,1,1000,1000,0,0,0.9,0", usage.Out);
    }

    [Fact]
    public async Task Ones_own_rows_and_names_stay_in_the_file()
    {
        var mine = bench.Write("mine.json", """
            {"schema":"tokenledger/prices/v1","aliases":{"house-model":"nova"},"autoDiscounts":[
              {"channel":"copilot","validFrom":"2026-06-01","validTo":null,"percent":"12.5"}],"rows":[
              {"channel":"copilot","model":"nova","validFrom":null,"validTo":null,"promptTokensAbove":0,
               "usdPerMillionTokens":{"input":"4","output":"20","cacheRead":null,"cacheWrite5m":null,"cacheWrite1h":null},
               "source":"our contract","asOf":"2026-10-01","verified":true}]}
            """);

        Assert.Equal(3, (await UpdateAsync(ModelsDev, "--prices", mine, "--yes")).Code);

        var file = JsonNode.Parse(await File.ReadAllTextAsync(mine, Workbench.Token))!;
        Assert.Equal("nova", (string?)file["aliases"]!["house-model"]);
        Assert.Equal("12.5", (string?)file["autoDiscounts"]![0]!["percent"]);
        Assert.Equal(
            ["our contract"],
            file["rows"]!.AsArray().Where(row => (string?)row!["model"] == "nova").Select(row => (string?)row!["source"]));
        Assert.Contains(file["rows"]!.AsArray(), row => (string?)row!["validFrom"] == "2026-10-07"
            && (string?)row["source"] == "models.dev api.json (list.json): claude-sonnet-5"
            && (string?)row["asOf"] == "2026-10-12");
    }

    [Fact]
    public async Task A_list_of_LiteLLM_does_the_same()
    {
        var result = await UpdateAsync(
            """
            {"sample_spec":{},"claude-sonnet-5":{"litellm_provider":"anthropic","input_cost_per_token":1.5e-06,
             "output_cost_per_token":7.5e-06,"cache_read_input_token_cost":1.5e-07,
             "cache_creation_input_token_cost":1.875e-06,"cache_creation_input_token_cost_above_1hr":3e-06}}
            """, "--format", "json");

        Assert.Equal(0, result.Code);
        Assert.Equal(
            [1.5m, 7.5m, 0.15m, 1.875m, 3m],
            JsonNode.Parse(result.Out)!["rows"]!.AsArray().Select(row => (decimal)row!["listedUsdPerMillionTokens"]!));
    }

    [Theory]
    [InlineData("{\"anthropic\":{\"models\":{\"claude-son", "TL0207")]
    [InlineData("[1,2]", "TL0209")]
    [InlineData("", "TL0207")]
    public async Task A_file_that_is_no_list_is_one_line_and_nothing_is_written(string content, string code)
    {
        var result = await UpdateAsync(content, "--prices", bench.Path("mine.json"), "--yes");

        Assert.Equal(2, result.Code);
        Assert.Contains(code, Assert.Single(result.Error.TrimEnd().Split('\n')));
        Assert.Empty(result.Out);
        Assert.False(File.Exists(bench.Path("mine.json")));
    }

    [Fact]
    public async Task Entries_of_the_wrong_type_are_refused_and_hostile_names_shown_escaped()
    {
        var result = await UpdateAsync(
            """
            {"claude-sonnet-5":{"litellm_provider":"anthropic","input_cost_per_token":"cheap","output_cost_per_token":[]},
             "claude-opus-5-\u001b[31m":{"litellm_provider":"anthropic","input_cost_per_token":1e-06},
             "claude-haiku-4-5":7}
            """, "--prices", bench.Path("mine.json"), "--yes");

        Assert.Equal(3, result.Code);
        Assert.Contains("a figure cannot be read", result.Out);
        Assert.Contains("only similar names", result.Out);
        Assert.DoesNotContain('\u001b', result.Out + result.Error);
        Assert.False(File.Exists(bench.Path("mine.json")));
    }

    [Fact]
    public async Task What_is_missing_is_said_in_one_line()
    {
        var list = bench.Write("list.json", ModelsDev);
        var undated = await bench.RunAsync("prices", "update", "--from", list);
        Assert.Equal(2, undated.Code);
        Assert.Contains("--effective", Assert.Single(undated.Error.TrimEnd().Split('\n')));
        Assert.Equal(2, (await bench.RunAsync("prices", "update", "--effective", "2026-10-07")).Code);
        Assert.Equal(2, (await UpdateAsync(ModelsDev, "--yes")).Code);
        Assert.Equal(2, (await bench.RunAsync(
            "prices", "update", "--effective", "2026-10-07", "--from", bench.Path("missing.json"))).Code);
    }

    [Fact]
    public async Task A_file_that_is_no_price_file_is_not_overwritten()
    {
        var other = bench.Write("notes.json", "{\"mine\":true}");

        var result = await UpdateAsync(ModelsDev, "--output", other);

        Assert.Equal(2, result.Code);
        Assert.Contains("is left as it is", result.Error);
        Assert.Equal("{\"mine\":true}", await File.ReadAllTextAsync(other, Workbench.Token));
    }

    private Task<Outcome> UpdateAsync(string list, params string[] more) => bench.RunAsync(
        ["prices", "update", "--from", bench.Write("list.json", list), "--effective", "2026-10-07", .. more]);
}
