using System.IO.Compression;
using System.Text.Json.Nodes;

namespace TokenLedger.Hosting.Tests.Evidence;

/// <summary>Files of a run's log and a bill of it.</summary>
internal static class Logs
{
    public const string Bill =
        "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,"
        + "gross_amount,discount_amount,net_amount,organization,repository,cost_center_name\n"
        + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,120,ai-credits,0.01,1.2,0.9,0.3,acme,acme/api,\n";

    /// <summary>One request of 1,000 output tokens, in a folder.</summary>
    public static string WriteRun(string folder, long runId = 101, string repository = "acme/api", bool hasInfo = true)
    {
        Directory.CreateDirectory(folder);
        if (hasInfo)
            File.WriteAllText(Path.Combine(folder, "aw_info.json"), Info(runId, repository));
        File.WriteAllText(Path.Combine(folder, "token-usage.jsonl"), Line(runId) + "\n");
        return folder;
    }

    public static void Zip(string folder, string to) => ZipFile.CreateFromDirectory(folder, to);

    public static string Info(long runId, string repository) => new JsonObject
    {
        ["run_id"] = runId,
        ["repository"] = repository,
        ["workflow_name"] = "Triage",
        ["engine_id"] = "copilot",
        ["created_at"] = "2026-10-01T10:00:00Z",
    }.ToJsonString();

    public static string Line(long runId) => new JsonObject
    {
        ["_schema"] = "token-usage/v0.28.50",
        ["timestamp"] = "2026-10-01T10:00:00.000Z",
        ["event"] = "token_usage",
        ["request_id"] = $"request-{runId}",
        ["provider"] = "copilot",
        ["model"] = "claude-sonnet-5",
        ["status"] = 200,
        ["input_tokens"] = 1000,
        ["output_tokens"] = 1000,
        ["cache_read_tokens"] = 0,
        ["cache_write_tokens"] = 0,
        ["duration_ms"] = 900,
    }.ToJsonString();
}
