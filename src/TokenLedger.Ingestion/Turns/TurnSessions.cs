using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Turns;

/// <summary>The sessions of a run, each once, however many files tell of it.</summary>
internal static class TurnSessions
{
    /// <summary>
    /// Of several tellings of one session the one that names most requests, then most turns. A session without an id
    /// counts only where no session of the attempt and phase has one: it may be the same.
    /// </summary>
    public static IReadOnlyList<(int Attempt, TurnSession Session)> Once(
        IEnumerable<(int ArchivedAttempt, TurnSession Session)> told, AttemptWindows windows)
    {
        var known = told
            .Where(pair => pair.Session.TurnCount > 0)
            .Select(pair => (Attempt: AttemptOf(pair, windows), pair.Session))
            .ToList();
        var named = known.Where(pair => pair.Session.SessionId is not null)
            .Select(pair => (pair.Attempt, pair.Session.Phase))
            .ToHashSet();
        return
        [
            .. known
                .Where(pair => pair.Session.SessionId is not null
                    || !named.Contains((pair.Attempt, pair.Session.Phase)))
                .GroupBy(pair => (pair.Attempt, pair.Session.Phase,
                    Id: pair.Session.SessionId ?? "\n" + pair.Session.Source))
                .OrderBy(group => group.Key.Attempt)
                .ThenBy(group => group.Key.Phase)
                .ThenBy(group => group.Key.Id, StringComparer.Ordinal)
                .Select(group => group
                    .OrderByDescending(pair => pair.Session.RequestIdCount)
                    .ThenByDescending(pair => pair.Session.TurnCount)
                    .ThenByDescending(pair => pair.Session.FirstAt is not null)
                    .ThenBy(pair => pair.Session.Source, StringComparer.Ordinal)
                    .First()),
        ];
    }

    private static int AttemptOf((int ArchivedAttempt, TurnSession Session) told, AttemptWindows windows) =>
        told.Session.FirstAt is { } at ? windows.Of(at, told.ArchivedAttempt) : told.ArchivedAttempt;
}
