using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>
/// Reads session events of one file: how sessions ended, and the proxy's events that <c>aw_session</c> holds.
/// </summary>
internal sealed class SessionFileReader(RunFile file, AttemptWindows windows)
{
    private const decimal CreditsPerNanoAiu = 0.000000001m;

    // Sessions in one file: one, or as many as an engine resumed.
    private const int MaximumSessions = 2_000;

    private readonly Dictionary<string, SessionRecord> checkpoints = new(StringComparer.Ordinal);
    private string? lastSessionId;

    public List<SessionRecord> Sessions { get; } = [];

    /// <summary>Called with each proxy event of <c>aw_session.jsonl</c>: the event, its phase and attempt.</summary>
    public required Func<JsonElement, Phase, int, LineOutcome> OnProxyEvent { get; init; }

    public LineCounts Read(Action<InputProblem> onProblem, CancellationToken cancellation)
    {
        var counts = JsonLines.Read(file.File, One, onProblem, cancellation);
        var ended = Sessions.Select(session => session.SessionId).ToHashSet(StringComparer.Ordinal);
        Sessions.AddRange(checkpoints.Values.Where(session => !ended.Contains(session.SessionId)));
        return counts;
    }

    private LineOutcome One(long line, JsonElement root)
    {
        var data = root.Child("data") ?? root;
        switch (root.TextOf("type"))
        {
            case "session.start":
                lastSessionId = data.TextOf("sessionId");
                break;
            case "session.shutdown":
                Add(Ended(root, data) with
                {
                    AiCredits = data.AmountOf("totalNanoAiu") * CreditsPerNanoAiu,
                    Models = SessionTokens.OfShutdown(data),
                    IsCopilot = true,
                });
                break;
            case "session.usage_checkpoint":
                Checkpoint(root, data);
                break;
            case "session.result" or "result":
                Add(Ended(root, data) with
                {
                    AiCredits = (data.AmountOf("totalCostUsd") ?? data.AmountOf("total_cost_usd")) is { } usd
                        ? Domain.Credits.AiCredits.FromUsd(usd)
                        : null,
                    Models = SessionTokens.OfResult(data),
                });
                break;
            case "firewall.token_usage":
                return OnProxyEvent(root, PhaseOf(root), AttemptOf(root));
        }

        return LineOutcome.Accepted;
    }

    private void Add(SessionRecord session)
    {
        lastSessionId = null;
        if (Sessions.Count < MaximumSessions && (session.AiCredits is not null || session.Models.Count > 0))
            Sessions.Add(session);
    }

    // Checkpoints count up, so the highest one is the nearest to the truth; the money may still grow after it.
    private void Checkpoint(JsonElement root, JsonElement data)
    {
        if (data.AmountOf("totalNanoAiu") is not { } nano || checkpoints.Count >= MaximumSessions)
            return;
        var session = Ended(root, data) with
        {
            IsComplete = false, AiCredits = nano * CreditsPerNanoAiu, IsCopilot = true, EventId = null,
        };
        var key = session.SessionId ?? "";
        if (!checkpoints.TryGetValue(key, out var known) || known.AiCredits < session.AiCredits)
            checkpoints[key] = session;
    }

    private SessionRecord Ended(JsonElement root, JsonElement data) => new()
    {
        Phase = PhaseOf(root),
        Attempt = AttemptOf(root),
        At = SessionEvents.TimeOf(root),
        SessionId = data.TextOf("sessionId") ?? root.TextOf("session_id") ?? root.TextOf("sessionId")
            ?? SessionEvents.SessionIn(root.Child("provenance")?.TextOf("path"))
            ?? SessionEvents.SessionIn(file.Path) ?? lastSessionId,
        EventId = root.TextOf("id") ?? root.TextOf("uuid"),
        IsComplete = true,
    };

    private Phase PhaseOf(JsonElement root) => SessionEvents.PhaseOf(root, file.Phase);

    private int AttemptOf(JsonElement root) =>
        SessionEvents.TimeOf(root) is { } at ? windows.Of(at, file.Attempt) : file.Attempt;
}
