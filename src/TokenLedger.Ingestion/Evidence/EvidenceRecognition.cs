using System.Text.Json;

namespace TokenLedger.Ingestion.Evidence;

/// <summary>Tells what a file is.</summary>
internal static class EvidenceRecognition
{
    // The first line of a usage log is under 4 KiB and the summary of a gh aw answer under 8 KiB.
    private const int HeadBytes = 64 * 1024;

    /// <summary>The name given to one run of a <c>gh aw</c> answer.</summary>
    public const string RunSummaryFileName = "gh-aw-run.json";

    /// <summary>What the file is; opens it only where its name does not tell.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static EvidenceKind KindOf(EvidenceFile file)
    {
        var kind = ByName(file.Path, out var mayTellByContent);
        if (kind != EvidenceKind.None || !mayTellByContent)
            return kind;
        using var stream = file.OpenRead();
        var head = new byte[HeadBytes];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return ByContent(file.Path, head.AsSpan(0, length), length < head.Length);
    }

    /// <summary>
    /// What the file is by its name alone; <see cref="EvidenceKind.None"/> where only the content tells.
    /// </summary>
    public static EvidenceKind KindOfNamed(string path) => ByName(path, out _);

    private static EvidenceKind ByName(string path, out bool mayTellByContent)
    {
        var name = path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant();
        mayTellByContent = false;

        // Captured request bodies and prompts may hold secrets: never taken, whatever they look like.
        if (name.Contains("blocked-request-diag", StringComparison.Ordinal)
            || name.Contains("prompt", StringComparison.Ordinal)
            || name.Contains("token-diag", StringComparison.Ordinal))
            return EvidenceKind.None;
        mayTellByContent = name.EndsWith(".json", StringComparison.Ordinal)
            || name.EndsWith(".jsonl", StringComparison.Ordinal)
            || !name.Contains('.', StringComparison.Ordinal);
        if (name.EndsWith("token-usage.jsonl", StringComparison.Ordinal)
            || name.EndsWith("token_usage.jsonl", StringComparison.Ordinal))
            return EvidenceKind.TokenUsage;
        return name switch
        {
            "aw_info.json" => EvidenceKind.AwInfo,
            "agent_usage.json" => EvidenceKind.AgentUsage,
            "agent_usage.jsonl" => EvidenceKind.AgentUsageLines,
            "aw_session.jsonl" => EvidenceKind.Session,
            "token-tracker-audit.jsonl" => EvidenceKind.TrackerAudit,
            "model-routing.jsonl" => EvidenceKind.ModelRouting,
            "safe-output-items.jsonl" => EvidenceKind.SafeOutputItems,
            "run_summary.json" or RunSummaryFileName => EvidenceKind.RunSummary,
            RunHintsFile.FileName => EvidenceKind.RunHints,
            "summary.json" when path.EndsWith("activity/summary.json", StringComparison.OrdinalIgnoreCase) =>
                EvidenceKind.ActivitySummary,
            "events.jsonl" when path.Contains("copilot-session-state/", StringComparison.OrdinalIgnoreCase) =>
                EvidenceKind.Session,
            _ => EvidenceKind.None,
        };
    }

    private static EvidenceKind ByContent(string path, ReadOnlySpan<byte> head, bool isWhole)
    {
        if (head.StartsWith("\uFEFF"u8))
            head = head[3..];
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var fields = RootFields(head, isWhole);
            return fields.GetValueOrDefault("schema") switch
            {
                WorkflowRunFile.Schema when RecordFile.IsNamed(path, WorkflowRunFile.FileName) =>
                    EvidenceKind.WorkflowRun,
                CollectionFile.Schema when RecordFile.IsNamed(path, CollectionFile.FileName) =>
                    EvidenceKind.Collection,
                _ => OfDocument(fields),
            };
        }

        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].Trim(" \t\r"u8);
            if (!line.IsEmpty)
                return OfFirstLine(RootFields(line, isFinal: true)) is var kind && kind != EvidenceKind.None
                    ? kind
                    : OfDocument(RootFields(head, isWhole));
        }

        return EvidenceKind.None;
    }

    private static EvidenceKind OfFirstLine(Dictionary<string, string?> fields)
    {
        if (fields.ContainsKey("input_tokens") && fields.ContainsKey("output_tokens")
            && (fields.ContainsKey("model") || fields.ContainsKey("provider")))
            return EvidenceKind.TokenUsage;
        if (!fields.TryGetValue("type", out var type) || type is null)
            return EvidenceKind.None;
        var isSession = type.StartsWith("session.", StringComparison.Ordinal)
            || (string.Equals(type, "result", StringComparison.Ordinal) && fields.ContainsKey("total_cost_usd"));
        if (isSession)
            return EvidenceKind.Session;
        return type is "system" or "user" or "assistant" && fields.ContainsKey("session_id")
            ? EvidenceKind.Transcript
            : EvidenceKind.None;
    }

    private static EvidenceKind OfDocument(Dictionary<string, string?> fields)
    {
        if (fields.ContainsKey("runs")
            && (fields.ContainsKey("summary") || fields.ContainsKey("logs_location") || fields.ContainsKey("episodes")))
            return EvidenceKind.LogsAnswer;
        if (fields.ContainsKey("overview")
            && (fields.ContainsKey("metrics") || fields.ContainsKey("firewall_token_usage")
                || fields.ContainsKey("jobs")))
            return EvidenceKind.AuditAnswer;
        return fields.ContainsKey("providers") && fields.ContainsKey("timestamp")
            ? EvidenceKind.LiveModels
            : EvidenceKind.None;
    }

    // The fields of the outermost object as far as the head goes, with the value where it is a string.
    private static Dictionary<string, string?> RootFields(ReadOnlySpan<byte> json, bool isFinal)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, isFinal, new JsonReaderState(new JsonReaderOptions { MaxDepth = 64 }));
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return fields;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                fields[name] = null;
                if (!reader.Read())
                    return fields;
                if (reader.TokenType == JsonTokenType.String)
                    fields[name] = reader.GetString();
                else if (!reader.TrySkip())
                    return fields;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not JSON, or text that is not UTF-8: nothing here that the ledger knows.
            fields.Clear();
        }

        return fields;
    }
}
