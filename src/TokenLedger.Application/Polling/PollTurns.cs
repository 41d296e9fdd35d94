using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Polling;

/// <summary>A view with the days to ask for, taken one after the other.</summary>
internal sealed class PollTurns(PolledView view, IReadOnlyList<DateOnly> days)
{
    // A provider that fails twice running is left alone: it is down rather than unable to tell one day.
    private const int RefusalsMax = 2;

    private int next;
    private int refusals;

    public PolledView View => view;

    /// <summary>Whether the view is left alone until the next poll.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Days not yet taken.</summary>
    public int Left => days.Count - next;

    /// <summary>The next day.</summary>
    public DateOnly Take() => days[next++];

    /// <summary>Notes what was said of the day taken last.</summary>
    public void Note(ProviderRefusal? refusal)
    {
        refusals = refusal is null ? 0 : refusals + 1;
        IsEnded |= refusal is { IsOfAccount: true } || refusals == RefusalsMax;
    }

    /// <summary>Ends it because its credential is refused elsewhere.</summary>
    public void End() => IsEnded = true;
}
