namespace TokenLedger.Ingestion.TokenLogs;

/// <summary>Picks the attempt of a record, call or session by its time.</summary>
internal sealed class AttemptWindows
{
    private readonly AttemptStart[] latestFirst;

    public AttemptWindows(IEnumerable<AttemptStart> starts) => latestFirst =
    [
        .. starts.OrderByDescending(start => start.StartedAt).ThenByDescending(start => start.Attempt),
    ];

    /// <summary>The latest attempt that had started by then; the fallback before the first known start.</summary>
    /// <param name="timestamp">When it happened.</param>
    /// <param name="fallback">The attempt that the file was archived under.</param>
    public int Of(DateTimeOffset timestamp, int fallback)
    {
        foreach (var start in latestFirst)
        {
            if (start.StartedAt <= timestamp)
                return start.Attempt;
        }

        return fallback;
    }
}
