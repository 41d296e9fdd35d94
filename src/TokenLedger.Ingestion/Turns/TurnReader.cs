using System.Text.Json;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Sessions;

namespace TokenLedger.Ingestion.Turns;

/// <summary>Reads who took which turns from a run's session files. Nothing else of them is kept.</summary>
internal sealed class TurnReader(CancellationToken cancellation)
{
    private const int SessionsMax = 2_000;

    // Far above any run; what lies beyond is linked to no turn.
    private const int EventsMax = 4_000_000;

    private readonly Dictionary<(string Source, Phase Phase, int Attempt), TurnSession> sessions = [];
    private int events;

    /// <summary>The sessions of every file, in the order in which they were met.</summary>
    public IEnumerable<(int ArchivedAttempt, TurnSession Session)> Sessions =>
        sessions.Select(pair => (pair.Key.Attempt, pair.Value));

    /// <summary>Reads a file; what is wrong with it is told by the fold, which reads it too.</summary>
    public void Read(RunFile file) => JsonLines.Read(
        file.File,
        (_, root) =>
        {
            Take(file, root);
            return LineOutcome.Accepted;
        },
        static _ => { },
        cancellation);

    private void Take(RunFile file, JsonElement root)
    {
        if (root.TextOf("type") is not { } type || !IsOfAgent(type))
            return;
        var provenance = root.Child("provenance");
        // What the proxy, the tool gateway and others say beside the agent is no part of its loop.
        if (provenance?.TextOf("component") is { } component && component is not "agent" || ++events > EventsMax)
            return;
        var path = provenance?.TextOf("path");
        var phase = SessionEvents.PhaseOf(root, file.Phase);
        // A collected session is one of several in its file; any other has its file for itself.
        var key = (file.Path + "\n" + path, phase, file.Attempt);
        if (!sessions.TryGetValue(key, out var session))
        {
            if (sessions.Count >= SessionsMax)
                return;
            var id = SessionEvents.SessionIn(path) ?? SessionEvents.SessionIn(file.Path);
            session = new TurnSession(path ?? NameOf(file.Path), id, phase);
            sessions.Add(key, session);
        }

        session.Take(type, root, SessionEvents.TimeOf(root));
    }

    private static bool IsOfAgent(string type) => type is "result"
        || type.StartsWith("assistant.", StringComparison.Ordinal)
        || type.StartsWith("user.", StringComparison.Ordinal)
        || type.StartsWith("tool.", StringComparison.Ordinal)
        || type.StartsWith("subagent.", StringComparison.Ordinal)
        || type.StartsWith("session.", StringComparison.Ordinal);

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
