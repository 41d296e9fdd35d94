using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.Turns;

/// <summary>Tells which turn a request belongs to, and how that is known.</summary>
internal sealed class TurnLinker
{
    /// <summary>The place of no turn.</summary>
    public const int NoTurn = -1;

    private const int Ambiguous = -2;

    private readonly Dictionary<UInt128, int> turnsByRequest = [];
    private readonly Dictionary<(int Attempt, Phase Phase), List<TimedTrack>> tracks = [];

    public TurnLinker(IReadOnlyList<(int Attempt, TurnSession Session)> sessions)
    {
        var drafts = Drafts(sessions);
        var numbers = new Dictionary<TurnDraft, int>(ReferenceEqualityComparer.Instance);
        var counted = new Dictionary<(int, Phase, string), int>();
        var turns = new List<AgentTurn>(drafts.Count);
        foreach (var (attempt, session, track, draft) in drafts)
        {
            var agent = (attempt, session.Phase, track.Agent);
            var number = counted[agent] = counted.GetValueOrDefault(agent) + 1;
            numbers.Add(draft, turns.Count);
            Remember(draft, turns.Count);
            turns.Add(new AgentTurn(attempt, session.Phase, track.Agent, number)
            {
                StartedAt = draft.StartedAt,
                EndedAt = draft.AnsweredAt,
                SessionId = session.SessionId,
            });
        }

        Turns = turns;
        foreach (var (attempt, session) in sessions)
        {
            if (!tracks.TryGetValue((attempt, session.Phase), out var known))
                tracks.Add((attempt, session.Phase), known = []);
            known.AddRange(session.Tracks
                .Where(track => track.Turns.Count > 0)
                .Select(track => new TimedTrack(track, [.. track.Turns.Select(draft => numbers[draft])])));
        }
    }

    /// <summary>Every turn, in the order of attempt, phase and start.</summary>
    public IReadOnlyList<AgentTurn> Turns { get; }

    /// <summary>The place of a request's turn in <see cref="Turns"/>, or <see cref="NoTurn"/>.</summary>
    public int TurnOf(in UsageLine line, out TurnLink link)
    {
        var slice = line.Slot.Key;
        link = TurnLink.RequestId;
        if (line.Identity != UInt128.Zero && turnsByRequest.TryGetValue(line.Identity, out var named) && named >= 0
            && Turns[named].Attempt == slice.Attempt && Turns[named].Phase == slice.Phase)
            return named;
        link = TurnLink.Unlinked;
        // One record of a socket stands for many answers, over many turns perhaps.
        if (line.IsWebSocket || !tracks.TryGetValue((slice.Attempt, slice.Phase), out var candidates))
            return NoTurn;
        // The middle of the request, so that a few milliseconds between the writers of two logs decide nothing.
        var middle = line.TimestampTicks - (line.DurationMilliseconds * (TimeSpan.TicksPerMillisecond / 2));
        var turn = TurnAt(candidates, middle, slice.Purpose);
        if (turn != NoTurn)
            link = TurnLink.Time;
        return turn;
    }

    // An agent that waits for its tools asks nothing, so a turn without its answer goes before those that have it.
    private static int TurnAt(List<TimedTrack> candidates, long at, Purpose purpose)
    {
        var (open, openCount, answered, answeredCount) = (NoTurn, 0, NoTurn, 0);
        foreach (var track in candidates)
        {
            if (purpose == Purpose.SubAgent && track.IsMain)
                continue;
            var turn = track.At(at, out var isAnswered);
            if (turn == TimedTrack.Unknown)
                return NoTurn;
            if (turn == TimedTrack.None)
                continue;
            if (isAnswered)
                (answered, answeredCount) = (turn, answeredCount + 1);
            else
                (open, openCount) = (turn, openCount + 1);
        }

        return openCount == 1 ? open : openCount == 0 && answeredCount == 1 ? answered : NoTurn;
    }

    private static List<(int Attempt, TurnSession Session, TurnTrack Track, TurnDraft Draft)> Drafts(
        IReadOnlyList<(int Attempt, TurnSession Session)> sessions)
    {
        var drafts = new List<(int Attempt, TurnSession Session, TurnTrack Track, TurnDraft Draft, long Order)>();
        foreach (var (attempt, session) in sessions)
        {
            foreach (var track in session.Tracks)
            {
                var order = session.FirstAt?.UtcTicks ?? 0;
                foreach (var draft in track.Turns)
                {
                    order = draft.StartedAt?.UtcTicks ?? order;
                    drafts.Add((attempt, session, track, draft, order));
                }
            }
        }

        return
        [
            .. drafts
                .OrderBy(entry => entry.Attempt)
                .ThenBy(entry => entry.Session.Phase)
                .ThenBy(entry => entry.Order)
                .ThenBy(entry => entry.Track.IsMain ? 0 : 1)
                .Select(entry => (entry.Attempt, entry.Session, entry.Track, entry.Draft)),
        ];
    }

    private void Remember(TurnDraft draft, int turn)
    {
        foreach (var request in draft.RequestIds)
        {
            if (!turnsByRequest.TryAdd(request, turn) && turnsByRequest[request] != turn)
                turnsByRequest[request] = Ambiguous;
        }
    }
}
