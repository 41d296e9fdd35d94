using System.Globalization;
using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class FindingsTests : IDisposable
{
    private const string Hostile = "=cmd|'/c calc'!A1 <b>\u001b[31m | x";

    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_loop_is_listed_with_its_stake_and_its_control_and_fails_the_build()
    {
        await IngestLoopAsync("Triage");

        var listed = await FindAsync("--fail-on", "finding");
        var json = await JsonAsync();

        Assert.Equal(4, listed.Code);
        Assert.Contains("--fail-on finding: 1 open findings", listed.Error);
        Assert.Contains("retry-loop", listed.Out);
        Assert.Contains("Limit the harness's retries", listed.Out);
        Assert.Equal("tokenledger/findings/v1", (string?)json["schema"]);
        var row = Assert.Single(json["rows"]!.AsArray())!;
        Assert.Equal("retry-loop", (string?)row["code"]);
        Assert.Equal("open", (string?)row["status"]);
        // Eight repeats of 20,000 input and 100 output tokens of Sonnet 5 through Copilot.
        Assert.Equal(32.8m, (decimal)row["atStakeAiCredits"]!);
        Assert.Contains("repeatsInARow=8", (string?)row["evidence"]);
    }

    [Fact]
    public async Task What_is_acknowledged_or_dismissed_is_no_longer_listed_and_fails_nothing()
    {
        await IngestLoopAsync("Triage");
        var id = (string)(await JsonAsync())["rows"]![0]!["id"]!;

        Assert.Equal(0, (await bench.RunAsync("findings", "acknowledge", id[..8], "--by", "alice", "--reason", "known")).Code);
        var open = await FindAsync("--fail-on", "finding");
        var all = await JsonAsync("--all");
        Assert.Equal(0, (await bench.RunAsync("findings", "dismiss", id, "--by", "bob", "--reason", Hostile)).Code);
        var dismissed = await JsonAsync("--all");

        Assert.Equal(0, open.Code);
        Assert.Contains("0 findings", open.Out);
        Assert.Equal("acknowledged alice known", Decision(all));
        Assert.Equal($"dismissed bob {Hostile}", Decision(dismissed));
        Assert.DoesNotContain('\u001b', (await FindAsync("--all")).Out);
    }

    [Theory]
    [InlineData("csv", "run 7 of acme/shop:=cmd")]
    [InlineData("markdown", @"!A1 &lt;b\> \| x")]
    [InlineData("table", "run 7 of acme/shop:=cmd")]
    public async Task A_hostile_name_is_text_in_every_format(string format, string shown)
    {
        await IngestLoopAsync(Hostile);

        var listed = await FindAsync("--format", format);

        Assert.Equal(0, listed.Code);
        Assert.DoesNotContain('\u001b', listed.Out);
        Assert.Contains("retry-loop", listed.Out);
        Assert.Contains(shown, listed.Out);
    }

    [Theory]
    [InlineData("--org", "acme", 1)]
    [InlineData("--org", "other", 0)]
    [InlineData("--repo", "ACME/*", 1)]
    [InlineData("--repo", "acme/web", 0)]
    [InlineData("--workflow", "*triage*", 0)]
    [InlineData("--code", "retry-loop", 1)]
    [InlineData("--code", "rising-use", 0)]
    public async Task A_filter_leaves_out_what_it_does_not_name(string option, string value, int count)
    {
        await IngestLoopAsync("Triage");

        Assert.Equal(count, (await JsonAsync(option, value))["rows"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("findings --code loop", "is none of cache-miss-storm")]
    [InlineData("findings --fail-on drift", "is not finding")]
    [InlineData("findings --from 2026-10-02 --to 2026-10-02", "--to is exclusive")]
    [InlineData("findings --from 2026-01-01 --to 2026-10-02", "over 92 days")]
    [InlineData("findings acknowledge ffffff --by a --reason b", "no finding's ID begins with")]
    [InlineData("findings acknowledge abc --by a --reason b", "no finding's ID begins with")]
    [InlineData("findings undo ffffff --by a", "no action's ID begins with")]
    [InlineData("findings act", "no action is configured")]
    public async Task Wrong_usage_says_what_to_do(string command, string expected)
    {
        await IngestLoopAsync("Triage");

        var result = await bench.RunAsync(command.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error);
    }

    [Fact]
    public async Task Actions_are_configured_by_code_amount_and_deed()
    {
        var wrong = bench.Write("wrong.json", """
            {"TokenLedger":{"Findings":{"Actions":[{"Code":"loop","Do":"shout","AtStakeUsd":"0","Workflow":" "}]}}}
            """);
        var right = bench.Write("right.json", """
            {"TokenLedger":{"Findings":{"Actions":[{"Code":"retry-loop","Do":"cancel-run","AtStakeUsd":"0.10"}]}}}
            """);
        await IngestLoopAsync("Triage");
        // The run was yesterday.
        bench.Now = new DateTimeOffset(2026, 10, 2, 9, 0, 0, TimeSpan.Zero);
        await FindAsync();

        var refused = await bench.RunAsync("findings", "act", "--config", wrong);
        var planned = await bench.RunAsync("findings", "act", "--dry-run", "--config", right, "--format", "json");
        var listed = await bench.RunAsync("findings", "actions", "--format", "json");

        Assert.Equal(2, refused.Code);
        string[] parts = ["Actions:0:Code", "Actions:0:Do", "Actions:0:AtStakeUsd", "Actions:0:Workflow"];
        Assert.All(parts, part => Assert.Contains(part, refused.Error));
        Assert.Equal(0, planned.Code);
        Assert.Equal("cancel-run", (string?)JsonNode.Parse(planned.Out)!["rows"]![0]!["action"]);
        Assert.Empty(JsonNode.Parse(listed.Out)!["rows"]!.AsArray());
    }

    private static string Decision(JsonNode json)
    {
        var row = Assert.Single(json["rows"]!.AsArray())!;
        return $"{row["status"]} {row["decidedBy"]} {row["reason"]}";
    }

    private async Task IngestLoopAsync(string workflow)
    {
        bench.Write("logs/run-7/aw_info.json", new JsonObject
        {
            ["run_id"] = 7,
            ["repository"] = "acme/shop",
            ["workflow_name"] = workflow,
            ["engine_id"] = "claude",
            ["created_at"] = "2026-10-01T10:00:00Z",
        }.ToJsonString());
        bench.Write("logs/run-7/agent/token_usage.jsonl", string.Concat(Enumerable.Range(0, 9).Select(at => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"timestamp":"2026-10-01T10:01:{{at * 5:00}}.000Z","request_id":"r-{{at}}","provider":"copilot","model":"claude-sonnet-5","path":"/v1/messages","status":200,"input_tokens":20000,"output_tokens":100,"cache_read_tokens":0,"cache_write_tokens":0,"duration_ms":2000}

            """))));
        Assert.Equal(0, (await bench.RunAsync("ingest", bench.Path("logs"))).Code);
    }

    private Task<Outcome> FindAsync(params string[] more) => bench.RunAsync(
        ["findings", "--from", "2026-10-01", "--to", "2026-10-03", .. more]);

    private async Task<JsonNode> JsonAsync(params string[] more)
    {
        var result = await FindAsync(["--format", "json", .. more]);
        Assert.Equal(0, result.Code);
        return JsonNode.Parse(result.Out)!;
    }
}
