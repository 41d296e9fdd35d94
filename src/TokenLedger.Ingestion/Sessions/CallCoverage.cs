using System.Text.Json;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Counts the calls of the proxy's audit log: how many reached the provider, and how many left a usage record.
/// </summary>
/// <remarks>Events of AWF v0.28, read 2026-08. A call without an end was cut off and is known, not metered.</remarks>
internal sealed class CallCoverage(AttemptWindows windows)
{
    // Far above any run; beyond it coverage is unknown rather than wrong.
    private const int MaximumCalls = 4_000_000;

    private readonly Dictionary<string, (int Attempt, bool IsOk, bool IsSkipped)> calls = new(StringComparer.Ordinal);
    private bool isOverfull;

    public LineCounts Read(RunFile file, Action<InputProblem> onProblem, CancellationToken cancellation) =>
        JsonLines.Read(file.File, (_, root) => Take(root, file.Attempt), onProblem, cancellation);

    /// <summary>The calls of an attempt; null without an audit log.</summary>
    public (long Known, long Metered)? Of(int attempt)
    {
        if (isOverfull)
            return null;
        var (known, metered) = (0L, 0L);
        foreach (var call in calls.Values)
        {
            if (call.Attempt != attempt || call.IsSkipped)
                continue;
            known++;
            if (call.IsOk)
                metered++;
        }

        return known > 0 ? (known, metered) : null;
    }

    private LineOutcome Take(JsonElement root, int archivedAttempt)
    {
        if (root.TextOf("event") is not { } name || !name.Contains("TRACK_", StringComparison.Ordinal)
            || root.TextOf("rid") is not { } call)
            return LineOutcome.Accepted;
        if (!calls.TryGetValue(call, out var known))
        {
            isOverfull |= calls.Count >= MaximumCalls;
            if (isOverfull)
                return LineOutcome.Accepted;
            known.Attempt = root.EpochMillisecondsOf("ts") is { } at
                ? windows.Of(at, archivedAttempt)
                : archivedAttempt;
        }

        known.IsOk |= root.TextOf("result") is "ok";
        known.IsSkipped |= root.TextOf("result") is "skip_status";
        calls[call] = known;
        return LineOutcome.Accepted;
    }
}
