using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Sessions;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Features;

/// <summary>
/// Reads when an attempt's agent first edited a file or made a safe output. Of tools only the names are looked at, and
/// nothing is kept but times.
/// </summary>
/// <param name="windows">When attempts started.</param>
/// <param name="cancellation">Ends the reading between blocks.</param>
internal sealed class OutcomeReader(AttemptWindows windows, CancellationToken cancellation)
{
    // Tools that write, as Copilot CLI, Claude Code, Codex and Gemini CLI call them (2026-10). A shell may write too,
    // and its name does not tell.
    private static readonly HashSet<string> WritingTools = new(StringComparer.OrdinalIgnoreCase)
    {
        "create", "edit", "str_replace", "str_replace_editor", "insert", "apply_patch", "multiedit", "multi_edit",
        "write", "write_file", "edit_file", "create_file", "notebookedit", "replace",
    };

    private static readonly string[] SafeOutputServers = ["safeoutputs", "safe_outputs", "safe-outputs"];

    private readonly Dictionary<int, AttemptOutcome> outcomes = [];

    /// <summary>What is known of an attempt.</summary>
    public AttemptOutcome Of(int attempt) => outcomes.GetValueOrDefault(attempt);

    /// <summary>Reads a file; what is wrong with it is told by the fold, which reads it too.</summary>
    public void Read(RunFile file)
    {
        if (file.Kind == EvidenceKind.Session)
        {
            JsonLines.Read(
                file.File,
                (_, root) =>
                {
                    TakeEvent(file, root);
                    return LineOutcome.Accepted;
                },
                static _ => { },
                cancellation);
        }
        else if (file.Kind == EvidenceKind.ActivitySummary)
        {
            using var document = CompanionDocument.Read(file.File, static _ => { });
            if (document?.RootElement.Child("safe_outputs")?.WholeOf("total_items") is { } items)
                Note(file.Attempt, outcomes.GetValueOrDefault(file.Attempt) with { SafeOutputs = items });
        }
    }

    private void TakeEvent(RunFile file, JsonElement root)
    {
        if (root.TextOf("type") is not "tool.execution_start"
            || SessionEvents.PhaseOf(root, file.Phase) != Phase.Agent
            || root.Child("provenance")?.TextOf("component") is { } component && component is not "agent"
            || SessionEvents.TimeOf(root) is not { } at
            || (root.Child("data") ?? root) is var data && (data.TextOf("toolName") ?? data.TextOf("name"))
                is not { } tool)
            return;
        var attempt = windows.Of(at, file.Attempt);
        var known = outcomes.GetValueOrDefault(attempt) with { TellsTools = true };
        var isEdit = WritingTools.Contains(tool);
        if (isEdit || IsSafeOutput(tool))
        {
            var isFirst = known.FirstTicks is not { } first || at.UtcTicks < first;
            known = known with
            {
                FirstTicks = isFirst ? at.UtcTicks : known.FirstTicks, HasEdit = known.HasEdit || isEdit,
            };
        }

        Note(attempt, known);
    }

    private void Note(int attempt, AttemptOutcome outcome) => outcomes[attempt] = outcome;

    private static bool IsSafeOutput(string tool) =>
        Array.Exists(SafeOutputServers, server => tool.Contains(server, StringComparison.OrdinalIgnoreCase));
}
