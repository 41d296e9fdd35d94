using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>When each attempt of a run began; a moment belongs to the latest attempt that had begun.</summary>
internal sealed class AttemptWindows
{
    public AttemptWindows(IEnumerable<AttemptStart> starts) => Starts = [.. starts.OrderBy(start => start.StartedAt)];

    public IReadOnlyList<AttemptStart> Starts { get; }

    public int AttemptAt(DateTimeOffset at, int archivedAttempt)
    {
        for (var i = Starts.Count - 1; i >= 0; i--)
        {
            if (Starts[i].StartedAt <= at)
                return Starts[i].Attempt;
        }

        return archivedAttempt;
    }
}
