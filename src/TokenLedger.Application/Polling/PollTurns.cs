namespace TokenLedger.Application.Polling;

/// <summary>A source with the days that are due, taken one after the other.</summary>
internal sealed class PollTurns(PolledSource source, IReadOnlyList<DueDay> days)
{
    private int next;

    public PolledSource Source => source;

    /// <summary>Refusals since the last answer.</summary>
    public int Refusals { get; set; }

    /// <summary>Whether the source is left alone until the next poll.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Days not yet taken.</summary>
    public int Left => days.Count - next;

    /// <summary>The next day.</summary>
    public DateOnly Take() => days[next++].Day;
}
