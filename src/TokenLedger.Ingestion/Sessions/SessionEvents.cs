using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>What every event of a session file tells of where and when it was.</summary>
internal static class SessionEvents
{
    /// <summary>The phase that the event names, else its file's.</summary>
    public static Phase PhaseOf(JsonElement root, Phase phaseOfFile) =>
        root.Child("provenance")?.TextOf("phase") switch
        {
            "detection" => Phase.Detection,
            "evals" or "evaluation" => Phase.Evaluation,
            "agent" or "conclusion" => Phase.Agent,
            _ => phaseOfFile,
        };

    /// <summary>When it was; null where the event has no time.</summary>
    public static DateTimeOffset? TimeOf(JsonElement root) =>
        root.TimeOf("timestamp") ?? root.Child("provenance")?.EpochMillisecondsOf("timestampMs");

    /// <summary>The session in <c>…/copilot-session-state/&lt;session&gt;/events.jsonl</c>.</summary>
    public static string? SessionIn(string? path)
    {
        const string marker = "copilot-session-state/";
        var at = path?.LastIndexOf(marker, StringComparison.Ordinal) ?? -1;
        if (at < 0)
            return null;
        var rest = path![(at + marker.Length)..];
        var end = rest.IndexOf('/', StringComparison.Ordinal);
        return end > 0 ? rest[..end] : null;
    }
}
