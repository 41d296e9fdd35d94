using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Features;
using TokenLedger.Ingestion.Tests.Sessions;

namespace TokenLedger.Ingestion.Tests.Findings;

/// <summary>One run told request by request, written as its files, and read back by the folds.</summary>
internal sealed class RunStory(long id, string workflow, DateTimeOffset start)
{
    private readonly StringBuilder agent = new();
    private readonly StringBuilder detection = new();
    private readonly StringBuilder session = new();
    private TimeSpan elapsed;
    private int requests;

    public string Model { get; set; } = "claude-sonnet-5";

    public string Conclusion { get; set; } = "success";

    /// <summary>The proxy's own figure over the estimate; null for none.</summary>
    public decimal? ProxyFactor { get; set; }

    /// <summary>Asks once; the next request comes a few seconds later.</summary>
    public RunStory Ask(
        long input, long output, long read = 0, long write = 0, long reasoning = 0, string purpose = "",
        Phase phase = Phase.Agent, string? model = null, double pauseSeconds = 6)
    {
        elapsed += TimeSpan.FromSeconds(pauseSeconds + 3);
        var now = start + elapsed;
        var used = model ?? Model;
        var isClaude = used.StartsWith("claude", StringComparison.Ordinal);
        // GPT's input holds what it read, as the proxy writes it.
        var told = isClaude ? input : input + read + write;
        var credits = ProxyFactor is { } factor && CreditsOf(used, new TokenCounts(input, output, read, write)) is { } own
            ? $",\"ai_credits_this_response\":{(own * factor).ToString("0.######", CultureInfo.InvariantCulture)}" : "";
        (phase == Phase.Detection ? detection : agent).Append(string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"_schema":"token-usage/v0.28.50","timestamp":"{{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","event":"token_usage","request_id":"{{id}}-{{requests++}}","purpose":"{{purpose}}","provider":"copilot","model":"{{used}}","path":"{{(isClaude ? "/v1/messages?beta=true" : "/responses")}}","status":200,"streaming":true,"input_tokens":{{told}},"output_tokens":{{output}},"reasoning_tokens":{{reasoning}},"cache_read_tokens":{{read}},"cache_write_tokens":{{(isClaude ? write : 0)}},"duration_ms":3000{{credits}} }
            """)).Append('\n');
        return this;
    }

    /// <summary>Calls a tool after the answer that asked for it.</summary>
    public RunStory Tool(string name)
    {
        session.Append(string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"type":"tool.execution_start","timestamp":"{{(start + elapsed).AddSeconds(1):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","data":{"toolName":"{{name}}","toolCallId":"t{{requests}}"} }
            """)).Append('\n');
        return this;
    }

    public ObservedRun Read()
    {
        var identity = new RunIdentity(RunKey.PublicHost, "acme", "shop", id, 1);
        List<ArchivedFile> files = [];
        foreach (var (path, text) in new[]
        {
            ("agent/token_usage.jsonl", agent), ("detection/token_usage.jsonl", detection),
            ("sandbox/agent/logs/copilot-session-state/s1/events.jsonl", session),
        })
        {
            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            if (bytes.Length > 0)
                files.Add(new ArchivedFile(
                    1, new EvidenceFile($"1/upload/{path}", bytes.Length, () => new MemoryStream(bytes, writable: false)),
                    Convert.ToHexStringLower(SHA256.HashData(bytes))));
        }

        var attempts = files.Count == 0
            ? [new LedgerRun(new RunFacts(new RunKey(RunKey.PublicHost, id, 1), "acme", "acme/shop"), [], new RunReport(), [])]
            : RunFold.Fold(identity, files, RunFiles.Book, CancellationToken.None).Attempts;
        var run = Assert.Single(attempts);
        run = run with
        {
            Facts = run.Facts with { WorkflowPath = workflow, Conclusion = Conclusion, StartedAt = start },
        };
        var features = Assert.Single(RunFeatureFold.Of(identity, files, [run], RunFiles.Book, CancellationToken.None));
        return new ObservedRun(run.Facts, ObservedRun.DayOf(run)!.Value, SlicePricing.Price(run, RunFiles.Book))
        {
            Report = run.Report,
            Features = features,
        };
    }

    private decimal? CreditsOf(string model, TokenCounts tokens) => RunFiles.Book.EstimateOf(new UsageSlice(
        new RunKey(RunKey.PublicHost, id, 1), DateOnly.FromDateTime(start.UtcDateTime), Phase.Agent, Purpose.Main,
        Channel.Copilot, model, false, UsageSlice.StandardTier, 0, UsageEvidence.ProxyRecords, 1, 0, tokens))
        .AiCredits?.Total;
}
