using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

public sealed class UsageByTurnTests : IDisposable
{
    private const string Agent = "=2+5\u001b[31m|<b>@everyone";

    private static readonly string[] Figures =
        ["requests", "inputTokens", "outputTokens", "cacheReadTokens", "estimatedAiCredits"];

    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Turns_add_up_to_the_run_and_say_how_they_are_known()
    {
        await IngestAsync();

        var turns = await RowsAsync("--by", "turn", "--run", "1");
        var run = Assert.Single(await RowsAsync("--by", "run", "--run", "1"))!;

        Assert.Equal(["request-id", "time", "unlinked"], turns.Select(turn => (string?)turn!["link"]));
        Assert.Equal(["main", Agent, null], turns.Select(turn => (string?)turn!["agent"]));
        Assert.Equal([1, 1, null], turns.Select(turn => (int?)turn!["turn"]));
        Assert.Equal("github.com/1", (string?)turns[0]!["run"]);
        Assert.Equal("2026-10-01T09:59:50.000Z", (string?)turns[0]!["startedAt"]);
        Assert.All(Figures, figure => Assert.Equal((decimal)run[figure]!, turns.Sum(turn => (decimal)turn![figure]!)));
    }

    [Fact]
    public async Task The_file_of_turns_has_a_line_a_turn_and_is_no_usage_log()
    {
        await IngestAsync();
        var path = bench.Path("logs/run-1/token-usage-by-turn.jsonl");

        var outcome = await bench.RunAsync("usage", "--by", "turn", "--run", "1", "--turns-file", path);

        Assert.Equal(0, outcome.Code);
        var lines = File.ReadAllLines(path).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal([false, true, false], lines.Select(line => (bool)line["inferred"]!));
        Assert.Equal(["request-id", "time", "unlinked"], lines.Select(line => (string?)line["link"]));
        Assert.Equal(
            [
                "_schema", "event", "host", "repository", "run_id", "run_attempt", "phase", "agent", "session_id", "turn",
                "started_at", "ended_at", "requests", "input_tokens", "output_tokens", "cache_read_tokens",
                "cache_write_5m_tokens", "cache_write_1h_tokens", "spread_tokens", "estimated_ai_credits", "unpriced",
                "link", "inferred",
            ],
            lines[0].AsObject().Select(field => field.Key));
        Assert.Equal(
            ("token-usage-by-turn/v1", 1, 1, "agent", 1000, "2026-10-01T10:00:00.000Z"),
            ((string?)lines[0]["_schema"], (int)lines[0]["run_id"]!, (int)lines[0]["run_attempt"]!,
                (string?)lines[0]["phase"], (int)lines[0]["input_tokens"]!, (string?)lines[0]["ended_at"]));
        var again = await bench.RunAsync("ingest", bench.Path("logs"), "--format", "json");
        Assert.Equal(0, again.Code);
        Assert.Equal(3, (int)Assert.Single(await RowsAsync("--by", "run"))!["requests"]!);
    }

    [Fact]
    public async Task A_turn_without_a_price_has_no_estimate_and_says_why()
    {
        bench.WriteRun(1, "acme/shop", "2026-10-01", models: "model-of-nobody");
        await bench.RunAsync("ingest", bench.Path("logs"));

        var turn = Assert.Single(await RowsAsync("--by", "turn", "--run", "1"))!;

        Assert.Null(turn["estimatedAiCredits"]);
        Assert.Equal("unknown-model", (string?)turn["unpriced"]);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("markdown")]
    [InlineData("csv")]
    public async Task A_hostile_name_of_an_agent_starts_nothing(string format)
    {
        await IngestAsync();

        var outcome = await bench.RunAsync("usage", "--by", "turn", "--run", "1", "--format", format);

        Assert.Equal(0, outcome.Code);
        Assert.Contains("everyone", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", outcome.Out, StringComparison.Ordinal);
        if (format == "csv")
            Assert.DoesNotContain(",=2", outcome.Out, StringComparison.Ordinal);
        if (format == "markdown")
            Assert.DoesNotContain("<b>", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_whose_raw_files_are_gone_is_told_in_one_line_and_the_others_go_on()
    {
        await IngestAsync();
        bench.WriteRun(2, "acme/bench", "2026-10-01", models: "claude-sonnet-5");
        await bench.RunAsync("ingest", bench.Path("logs/run-2"));
        Directory.Delete(bench.Path("ledger.db.files/run-logs/github.com/acme/shop"), recursive: true);

        var outcome = await bench.RunAsync(
            "usage", "--by", "turn", "--from", "2026-10-01", "--to", "2026-10-02", "--format", "json");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            "run github.com/1: its raw files are gone, so its turns are not known (turns-archive-gone).\n",
            outcome.Error);
        Assert.Equal(
            ["github.com/1 3", "github.com/2 1"],
            JsonNode.Parse(outcome.Out)!["rows"]!.AsArray().Select(row => $"{row!["run"]} {row["requests"]}"));
    }

    [Fact]
    public async Task Only_days_that_are_asked_for_count()
    {
        await IngestAsync();
        bench.WriteRun(2, "acme/bench", "2026-10-03", models: "claude-sonnet-5");
        await bench.RunAsync("ingest", bench.Path("logs/run-2"));

        var rows = await RowsAsync("--by", "turn", "--from", "2026-10-02", "--to", "2026-10-04");

        Assert.Equal("github.com/2", (string?)Assert.Single(rows)!["run"]);
    }

    [Theory]
    [InlineData("the ledger has no run 99 that matches", "--by", "turn", "--run", "99")]
    [InlineData("the ledger has no run 99 that matches", "--by", "model", "--run", "99")]
    [InlineData("name one with --run, or a period", "--by", "turn")]
    [InlineData("name one with --run, or a period", "--by", "turn", "--from", "2026-10-01")]
    [InlineData("say --by turn with it", "--by", "run", "--turns-file", "turns.jsonl")]
    public async Task Wrong_usage_is_told_in_one_line(string expected, params string[] arguments)
    {
        await IngestAsync();

        var outcome = await bench.RunAsync(["usage", .. arguments]);

        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains(expected, Assert.Single(outcome.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_is_not_overwritten_with_turns()
    {
        await IngestAsync();

        var outcome = await bench.RunAsync(
            "usage", "--by", "turn", "--run", "1", "--turns-file", bench.Path("ledger.db"));

        Assert.Equal(2, outcome.Code);
        Assert.Contains("--turns-file names the ledger", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_ledger_has_no_turns()
    {
        bench.Write("logs/note.txt", "nothing");
        await bench.RunAsync("ingest", bench.Path("logs"));
        var rows = await RowsAsync("--by", "turn", "--from", "2026-10-01", "--to", "2026-10-02");
        Assert.Empty(rows);
    }

    private async Task<JsonArray> RowsAsync(params string[] arguments)
    {
        var outcome = await bench.RunAsync(["usage", .. arguments, "--format", "json"]);
        Assert.Equal(0, outcome.Code);
        return JsonNode.Parse(outcome.Out)!["rows"]!.AsArray();
    }

    // Requests end at 10:00, 10:01 and 10:02 of the day.
    private async Task IngestAsync()
    {
        bench.WriteRun(
            1, "acme/shop", "2026-10-01", models: ["claude-sonnet-5", "claude-sonnet-5", "claude-sonnet-5"]);
        bench.Write("logs/run-1/copilot-session-state/s-1/events.jsonl", string.Concat(
            Event("user.message", "09:59:50", null, "{}"),
            Event("assistant.message", "10:00:00", null, """{"apiCallId":"request-1-0"}"""),
            Event("subagent.started", "10:00:10", "a-1", new JsonObject { ["agentName"] = Agent }.ToJsonString()),
            Event("assistant.message", "10:01:00", "a-1", "{}"),
            Event("subagent.completed", "10:01:10", "a-1", "{}")));
        var outcome = await bench.RunAsync("ingest", bench.Path("logs"));
        Assert.Equal(0, outcome.Code);
    }

    private static string Event(string type, string time, string? agent, string data)
    {
        var root = new JsonObject { ["type"] = type, ["timestamp"] = $"2026-10-01T{time}.000Z" };
        if (agent is not null)
            root["agentId"] = agent;
        root["data"] = JsonNode.Parse(data);
        return root.ToJsonString() + "\n";
    }
}
