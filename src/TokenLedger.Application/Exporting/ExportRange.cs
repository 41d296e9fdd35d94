namespace TokenLedger.Application.Exporting;

/// <summary>Which days the next report is asked for.</summary>
internal static class ExportRange
{
    // Days older than one report holds change seldom.
    private const int OlderEachDays = 7;

    /// <summary>
    /// The newest due days that one report holds; once a week the oldest instead, so that these close too.
    /// </summary>
    /// <param name="due">The due days, in order.</param>
    /// <param name="today">The day that goes on.</param>
    /// <param name="daysMax">How many days a report holds.</param>
    /// <returns>The first day and the last one, exclusive; null when nothing is due.</returns>
    public static (DateOnly From, DateOnly To)? Of(IReadOnlyList<DateOnly> due, DateOnly today, int daysMax)
    {
        if (due.Count == 0)
            return null;
        var (oldest, newest) = (due[0], due[^1]);
        if (newest.DayNumber - oldest.DayNumber < daysMax)
            return (oldest, newest.AddDays(1));
        var isOlderTurn = today.DayNumber % OlderEachDays == 0;
        var from = isOlderTurn ? oldest : due.First(day => newest.DayNumber - day.DayNumber < daysMax);
        var to = isOlderTurn ? due.Last(day => day.DayNumber - oldest.DayNumber < daysMax) : newest;
        return (from, to.AddDays(1));
    }
}
