namespace TokenLedger.Ingestion.Turns;

/// <summary>When which turn of one agent was under way.</summary>
internal sealed class TimedTrack
{
    /// <summary>No turn of the track.</summary>
    public const int None = -1;

    /// <summary>Perhaps one of the track's turns: its log does not tell.</summary>
    public const int Unknown = -2;

    private readonly long[] starts;
    private readonly long?[] answers;
    private readonly int[] numbers;
    private readonly long last;
    private readonly bool isUnknownBefore;
    private readonly bool isUnknown;

    /// <param name="track">The agent's turns.</param>
    /// <param name="numbers">The place of each in the list of all turns.</param>
    public TimedTrack(TurnTrack track, int[] numbers)
    {
        IsMain = track.IsMain;
        var untimed = track.Turns.TakeWhile(turn => turn.StartedAt is null).Count();
        var timed = track.Turns.Skip(untimed).ToList();
        isUnknown = timed.Count == 0 || timed.Exists(turn => turn.StartedAt is null);
        isUnknownBefore = untimed > 0;
        starts = [.. timed.Select(turn => turn.StartedAt?.UtcTicks ?? 0)];
        answers = [.. timed.Select(turn => turn.AnsweredAt?.UtcTicks)];
        this.numbers = numbers[untimed..];
        last = track.LastEventAt?.UtcTicks ?? 0;
    }

    public bool IsMain { get; }

    /// <summary>The turn under way at a time, as its place in the list of all turns.</summary>
    /// <param name="at">UTC ticks.</param>
    /// <param name="isAnswered">Whether its last answer had been there by then.</param>
    public int At(long at, out bool isAnswered)
    {
        isAnswered = false;
        if (isUnknown)
            return Unknown;
        // After its last event an agent may have gone on unseen.
        if (at > last)
            return None;
        if (at < starts[0])
            return isUnknownBefore ? Unknown : None;
        // Of turns that start together the last: the others had no time to ask anything.
        var found = Array.BinarySearch(starts, at);
        var index = found >= 0 ? found : ~found - 1;
        while (index + 1 < starts.Length && starts[index + 1] == starts[index])
            index++;
        isAnswered = answers[index] < at;
        return numbers[index];
    }
}
