using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Turns;

/// <summary>One session as one file tells of it: which agents took which turns.</summary>
/// <param name="source">The log that the events come from.</param>
/// <param name="sessionId">Its id, where the log's place tells it.</param>
/// <param name="phase">The run's phase.</param>
internal sealed class TurnSession(string source, string? sessionId, Phase phase)
{
    private const int TracksMax = 2_000;

    // Spellings: Copilot CLI's own events (2026-10); the others are what gh-aw makes of other engines' logs.
    private static readonly string[] RequestIdFields =
        ["apiCallId", "providerCallId", "requestId", "request_id", "requestID"];

    private readonly Dictionary<string, TurnTrack> tracks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> agentsByCall = new(StringComparer.Ordinal);

    public string Source { get; } = source;

    public string? SessionId { get; private set; } = sessionId;

    public Phase Phase { get; } = phase;

    /// <summary>When its first event was; null where none has a time.</summary>
    public DateTimeOffset? FirstAt { get; private set; }

    public IEnumerable<TurnTrack> Tracks => tracks.Values;

    public int TurnCount => tracks.Values.Sum(track => track.Turns.Count);

    public int RequestIdCount => tracks.Values.Sum(track => track.Turns.Sum(turn => turn.RequestIds.Count));

    public void Take(string type, JsonElement root, DateTimeOffset? at)
    {
        var data = root.Child("data") ?? root;
        FirstAt ??= at;
        if (type is "session.start")
            SessionId ??= data.TextOf("sessionId");
        if (TrackOf(type, root, data) is not { } track)
            return;
        switch (type)
        {
            case "user.message" or "subagent.started":
                track.Prompt(at);
                break;
            case "assistant.turn_start":
                track.Begin(KeyOf(data), at);
                break;
            case "assistant.message" or "assistant.usage":
                track.Answer(KeyOf(data), data.TextOf("messageId"), at, RequestIds(root, data));
                break;
            case "session.start" or "tool.execution_complete":
                track.Input(at);
                break;
            default:
                track.Touch(at);
                break;
        }
    }

    private TurnTrack? TrackOf(string type, JsonElement root, JsonElement data)
    {
        var named = root.TextOf("agentId") ?? data.TextOf("agentId");
        if (type.StartsWith("subagent.", StringComparison.Ordinal))
        {
            var call = data.TextOf("toolCallId");
            if ((named ?? call) is not { } agent)
                return null;
            if (call is not null && agentsByCall.Count < TracksMax)
                agentsByCall.TryAdd(call, agent);
            var track = Find(agent);
            if (NameOf(data) is { } name)
                track?.Rename(name);
            return track;
        }

        if (named is not null && !IsMain(named))
            return Find(named);
        if (data.TextOf("parentToolCallId") is { } parent)
            return Find(agentsByCall.GetValueOrDefault(parent, parent));
        // Some sub-agent's, and nobody says which.
        return data.TextOf("parentAgentTaskId") is null ? Find(AgentTurn.MainAgent) : null;
    }

    private TurnTrack? Find(string agent)
    {
        if (tracks.TryGetValue(agent, out var track) || tracks.Count >= TracksMax)
            return track;
        var isMain = IsMain(agent);
        track = new TurnTrack(isMain ? agent : "sub-agent", isMain);
        tracks.Add(agent, track);
        return track;
    }

    // Nobody passes for the main agent by its name.
    private static string? NameOf(JsonElement data) =>
        data.TextOf("agentName") is not { } name ? null : IsMain(name) ? name + " (sub-agent)" : name;

    private static bool IsMain(string agent) => string.Equals(agent, AgentTurn.MainAgent, StringComparison.Ordinal);

    private static TurnKey KeyOf(JsonElement data) => new(data.TextOf("interactionId"), IdOf(data, "turnId"));

    private static string? IdOf(JsonElement data, string name) =>
        data.TextOf(name) ?? data.WholeOf(name)?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<UInt128> RequestIds(JsonElement root, JsonElement data)
    {
        foreach (var field in RequestIdFields)
        {
            if ((data.TextOf(field) ?? root.TextOf(field)) is { } id)
                yield return RequestIdentity.OfRequest(id);
        }
    }
}
