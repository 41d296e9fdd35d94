using System.Text.Json.Nodes;

namespace TokenLedger.Cli.Tests;

/// <summary>A folder with a ledger, logs and bills, and the program to run on them.</summary>
public sealed class Workbench : IDisposable
{
    public const string BillHeader =
        "date,username,product,sku,model,quantity,unit_type,applied_cost_per_quantity,"
        + "gross_amount,discount_amount,net_amount,organization,repository,cost_center_name\n";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-cli-");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public DateTimeOffset Now { get; set; } = new(2026, 10, 12, 9, 0, 0, TimeSpan.Zero);

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>What a person's browser does with the page it is shown; null where nobody sits.</summary>
    public Action<Uri>? OpenBrowser { get; set; }

    public string Path(string name) => System.IO.Path.Combine(folder.FullName, name);

    public string Write(string name, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(name))!);
        File.WriteAllText(Path(name), content);
        return Path(name);
    }

    public Task<Outcome> RunAsync(params string[] args) => RunAsync(Token, args);

    public async Task<Outcome> RunAsync(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment
        {
            Variables = Variables, SamplesFolder = Path("samples"), OpenBrowser = OpenBrowser,
        };
        var code = await CliApplication.InvokeAsync(
            [.. args, "--ledger", Path("ledger.db")], output, error, new StoppedClock(Now), environment, cancellation);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>One run's log: a request of 1,000 output tokens of each model.</summary>
    public string WriteRun(
        long runId, string repository, string day, string workflow = "Triage", string provider = "copilot",
        params string[] models)
    {
        Write($"logs/run-{runId}/aw_info.json", new JsonObject
        {
            ["run_id"] = runId,
            ["repository"] = repository,
            ["workflow_name"] = workflow,
            ["engine_id"] = "copilot",
            ["created_at"] = day + "T10:00:00Z",
        }.ToJsonString());
        var records = models.Select((model, number) => new JsonObject
        {
            ["_schema"] = "token-usage/v0.28.50",
            ["timestamp"] = $"{day}T10:0{number}:00.000Z",
            ["event"] = "token_usage",
            ["request_id"] = $"request-{runId}-{number}",
            ["provider"] = provider,
            ["model"] = model,
            ["status"] = 200,
            ["input_tokens"] = 1000,
            ["output_tokens"] = 1000,
            ["cache_read_tokens"] = 0,
            ["cache_write_tokens"] = 0,
            ["duration_ms"] = 900,
        }.ToJsonString());
        Write($"logs/run-{runId}/token-usage.jsonl", string.Join('\n', records) + "\n");
        return Path($"logs/run-{runId}");
    }

    /// <summary>
    /// Runs and a bill of three days: matched, shared with people, without a log, unpriced, by key, not yet billed.
    /// </summary>
    public async Task FillAsync()
    {
        WriteRun(101, "acme/api", "2026-10-01", "Triage", "copilot", "claude-sonnet-5", "gpt-5-mini");
        WriteRun(102, "acme/web", "2026-10-01", "Docs", "copilot", "claude-sonnet-5");
        WriteRun(103, "acme/api", "2026-10-02", "Triage", "copilot", "model-of-tomorrow");
        WriteRun(104, "acme/api", "2026-10-02", "Keyed", "anthropic", "claude-sonnet-5");
        WriteRun(105, "acme/web", "2026-10-03", "Docs", "copilot", "claude-sonnet-5");
        WriteRun(106, "other/x", "2026-10-01", "Foreign", "copilot", "claude-sonnet-5");
        Write("bills/ai.csv", BillHeader
            + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,120,ai-credits,0.01,1.2,0.9,0.3,acme,acme/api,\n"
            + "2026-10-01,,copilot,copilot_ai_credit,Claude Sonnet 5,0.5,ai-credits,0.01,0.005,0,0.005,acme,acme/web,\n"
            + "2026-10-01,mona,copilot,copilot_ai_credit,GPT-5 mini,33.3,ai-credits,0.01,0.333,0.333,0,acme,,\n"
            + "2026-10-01,,copilot,copilot_ai_credit,GPT-5 mini,10,ai-credits,0.01,0.1,0,0.1,acme,,\n"
            + "2026-10-02,,copilot,copilot_ai_credit,Model of tomorrow,7,ai-credits,0.01,0.07,0,0.07,acme,acme/api,\n"
            + "2026-10-02,mona,copilot,copilot_ai_credit,Claude Sonnet 5,-3,ai-credits,0.01,-0.03,0,-0.03,acme,,\n");
        Assert.Equal(0, (await RunAsync("ingest", Path("logs"))).Code);
        Assert.Equal(0, (await RunAsync("import-billing", Path("bills"))).Code);
    }

    public Task<Outcome> ReconcileAsync(params string[] more) =>
        RunAsync(["reconcile", "--org", "acme", "--from", "2026-10-01", "--to", "2026-10-04", .. more]);

    public void Dispose() => folder.Delete(recursive: true);
}
