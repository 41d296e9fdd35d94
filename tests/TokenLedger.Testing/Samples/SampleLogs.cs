using System.Globalization;
using System.Text;
using System.Text.Json;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Samples;

/// <summary>Writes a run of the sample world as the files its artifacts would hold.</summary>
public sealed class SampleLogs(SampleWorld world)
{
    private const string AwfVersion = "v0.28.50";

    /// <summary>Files by path within the run's folder.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> FilesOf(SampleRun run)
    {
        yield return new("aw_info.json", Json(writer => WriteInfo(writer, run)));
        if (!run.HasTelemetry)
            yield break;
        var earlier = world.Runs.Where(other => other.RunId == run.RunId && other.Attempt < run.Attempt);
        var agent = earlier.Append(run).SelectMany(attempt => Records(attempt, Phase.Agent)).ToList();
        yield return new("agent/token_usage.jsonl", Lines(agent, run.IsCut));
        if (run.CallsOf(Phase.Detection).Any())
            yield return new("detection/token_usage.jsonl", Lines([.. Records(run, Phase.Detection)], false));
        if (!run.HasSession)
            yield break;
        if (run.Workflow.IsGpt)
            yield return new("sandbox/agent/logs/copilot-session-state/s1/events.jsonl", Json(writer => WriteShutdown(writer, run)));
        else if (run.Workflow.Engine == "claude")
            yield return new("aw_session.jsonl", Json(writer => WriteResult(writer, run)));
    }

    /// <summary>The answer of <c>gh aw logs --json</c> over every run.</summary>
    public byte[] Summary() => Json(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("summary");
            writer.WriteNumber("total_runs", world.Runs.Count);
            writer.WriteEndObject();
            writer.WriteStartArray("runs");
            foreach (var run in world.Runs)
                WriteSummary(writer, run);
            writer.WriteEndArray();
            writer.WriteEndObject();
        },
        isIndented: true);

    private static byte[] Lines(List<string> lines, bool isCut)
    {
        var text = string.Join('\n', lines) + "\n";
        return Encoding.UTF8.GetBytes(isCut ? text[..^60] : text);
    }

    private static byte[] Json(Action<Utf8JsonWriter> write, bool isIndented = false)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = isIndented, NewLine = "\n" }))
            write(writer);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteInfo(Utf8JsonWriter writer, SampleRun run)
    {
        writer.WriteStartObject();
        writer.WriteString("engine_id", run.Workflow.Engine);
        writer.WriteString("model", run.Calls[0].Model);
        writer.WriteString("workflow_name", run.Workflow.Name);
        writer.WriteNumber("run_id", run.RunId);
        writer.WriteString("run_attempt", run.Attempt.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("repository", run.Workflow.Repository);
        writer.WriteString("ref", "refs/heads/main");
        writer.WriteString("actor", run.Actor);
        writer.WriteString("event_name", run.PullRequest is null ? "issues" : "pull_request");
        writer.WriteString("awf_version", AwfVersion);
        writer.WriteString("created_at", Time(run.StartedAt));
        writer.WriteStartObject("context");
        writer.WriteString("repo", run.Workflow.Repository);
        writer.WriteString("item_type", run.PullRequest is null ? "issue" : "pull_request");
        writer.WriteNumber("item_number", run.PullRequest ?? 1000 + (run.RunId % 500));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter writer, SampleRun run)
    {
        writer.WriteStartObject();
        writer.WriteNumber("run_id", run.RunId);
        writer.WriteString("workflow_name", run.Workflow.Name);
        writer.WriteString("workflow_path", run.Workflow.LockFile);
        writer.WriteString("engine_id", run.Workflow.Engine);
        writer.WriteString("status", "completed");
        writer.WriteString("conclusion", run.Conclusion);
        writer.WriteString("created_at", Time(run.StartedAt));
        writer.WriteString("started_at", Time(run.StartedAt));
        writer.WriteString("url", $"https://github.com/{run.Workflow.Repository}/actions/runs/{run.RunId}");
        writer.WriteString("event", run.PullRequest is null ? "issues" : "pull_request");
        writer.WriteString("repository", run.Workflow.Repository);
        writer.WriteString("actor", run.Actor);
        writer.WriteString("run_attempt", run.Attempt.ToString(CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private IEnumerable<string> Records(SampleRun run, Phase phase)
    {
        decimal total = 0;
        var number = 0;
        foreach (var call in run.CallsOf(phase))
        {
            var seen = Seen(call);
            var credits = world.CreditsOf(call, seen);
            total += credits ?? 0;
            yield return Encoding.UTF8.GetString(Json(writer => WriteRecord(writer, run, call, seen, credits, total, number++))).TrimEnd();
        }
    }

    // What the proxy makes of the call: written tokens of GPT on /responses come out as fresh input.
    private static TokenCounts Seen(SampleCall call) => call.LosesCacheWrites
        ? call.Tokens with { Input = call.Tokens.Input + call.Tokens.CacheWrite5m, CacheWrite5m = 0 }
        : call.Tokens;

    private static void WriteRecord(
        Utf8JsonWriter writer, SampleRun run, SampleCall call, TokenCounts seen, decimal? credits, decimal total, int number)
    {
        var isInclusive = call.LosesCacheWrites;
        writer.WriteStartObject();
        writer.WriteString("_schema", "token-usage/" + AwfVersion);
        writer.WriteString("timestamp", Time(call.Time));
        writer.WriteString("event", "token_usage");
        writer.WriteString("request_id", string.Create(
            CultureInfo.InvariantCulture, $"{run.RunId % 100_000_000:x8}-{run.Attempt:x4}-4{(int)call.Phase:x3}-8000-{number:x12}"));
        writer.WriteString("purpose", call.IsRouting ? "routing_classification" : "");
        writer.WriteString("provider", call.Channel.ToString());
        writer.WriteString("model", call.Model);
        writer.WriteString("path", run.Workflow.Path);
        writer.WriteNumber("status", 200);
        writer.WriteBoolean("streaming", true);
        writer.WriteNumber("input_tokens", isInclusive ? seen.Prompt : seen.Input);
        writer.WriteNumber("output_tokens", seen.Output);
        writer.WriteNumber("cache_read_tokens", seen.CacheRead);
        writer.WriteNumber("cache_write_tokens", seen.CacheWrite5m);
        writer.WriteNumber("duration_ms", 900 + (seen.Output * 9));
        if (credits is { } known)
        {
            writer.WriteNumber("ai_credits_this_response", decimal.Round(known, 6));
            writer.WriteNumber("ai_credits_total", decimal.Round(total, 6));
        }

        writer.WriteNumber("response_bytes", 0);
        writer.WriteEndObject();
    }

    private static TokenCounts SessionTokens(SampleRun run) => run.CallsOf(Phase.Agent)
        .Where(call => !call.IsRouting)
        .Aggregate(default(TokenCounts), (sum, call) => sum + call.Tokens);

    private void WriteShutdown(Utf8JsonWriter writer, SampleRun run)
    {
        var tokens = SessionTokens(run);
        var nano = decimal.ToInt64(world.CreditsOf(run.CallsOf(Phase.Agent).Where(call => !call.IsRouting))!.Value * 1_000_000_000m);
        writer.WriteStartObject();
        writer.WriteString("type", "session.shutdown");
        writer.WriteString("id", $"shutdown-{run.RunId}-{run.Attempt}");
        writer.WriteString("timestamp", Time(run.Calls[^1].Time.AddSeconds(9)));
        writer.WriteStartObject("data");
        writer.WriteString("shutdownType", "routine");
        writer.WriteNumber("totalPremiumRequests", 0);
        writer.WriteNumber("totalNanoAiu", nano);
        WriteDetails(writer, tokens);
        writer.WriteStartObject("modelMetrics");
        writer.WriteStartObject(run.Workflow.Model);
        writer.WriteNumber("totalNanoAiu", nano);
        WriteDetails(writer, tokens);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter writer, TokenCounts tokens)
    {
        writer.WriteStartObject("tokenDetails");
        foreach (var (name, count) in new[]
        {
            ("input", tokens.Input), ("cache_read", tokens.CacheRead), ("cache_write", tokens.CacheWrite5m), ("output", tokens.Output),
        })
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("tokenCount", count);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteResult(Utf8JsonWriter writer, SampleRun run)
    {
        var tokens = SessionTokens(run);
        writer.WriteStartObject();
        writer.WriteString("type", "session.result");
        writer.WriteStartObject("data");
        writer.WriteString("sourceEngine", "claude");
        writer.WriteNumber("numTurns", run.CallsOf(Phase.Agent).Count());
        if (world.CreditsOf(run.CallsOf(Phase.Agent)) is { } credits)
            writer.WriteNumber("totalCostUsd", credits * 0.01m);
        writer.WriteString("status", "success");
        writer.WriteStartObject("usage");
        writer.WriteNumber("inputTokens", tokens.Input);
        writer.WriteNumber("outputTokens", tokens.Output);
        writer.WriteNumber("cacheReadInputTokens", tokens.CacheRead);
        writer.WriteNumber("cacheCreationInputTokens", tokens.CacheWrite5m);
        writer.WriteBoolean("inputTokensIncludeCache", false);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
