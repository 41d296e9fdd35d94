namespace TokenLedger.Domain.Usage;

/// <summary>The days on which a run attempt without telemetry may have used tokens.</summary>
/// <remarks>
/// Nobody tells when it used them: from its start to its end, which is not known but for its jobs' minutes. A share of
/// a day that such a run reaches into is not sure.
/// </remarks>
public static class UnseenUsage
{
    /// <summary>
    /// The longest that an attempt is taken to run: a job's limit on GitHub's own runners (GitHub's documentation of
    /// Actions limits, 2026-11). Shorter than a day, so that an attempt reaches at most into the day after its start.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    // Jobs wait for a runner and for each other, which their minutes do not tell.
    private static readonly TimeSpan WaitingMax = TimeSpan.FromHours(1);

    /// <summary>The UTC day an attempt started on; null when unknown.</summary>
    public static DateOnly? StartDayOf(RunFacts run) =>
        run.StartedAt is { } time ? DateOnly.FromDateTime(time.UtcDateTime) : null;

    /// <summary>
    /// After this time, exclusive, an attempt of the evening before a UTC day must have started to reach into the day.
    /// </summary>
    public static DateTimeOffset EveningBefore(DateOnly day) =>
        day == DateOnly.MinValue ? DateTimeOffset.MinValue : MidnightOf(day) - Longest;

    /// <summary>The UTC day after its start, if the attempt may still have run then; else null.</summary>
    public static DateOnly? NextDayOf(RunFacts run) => NextDayOf(run, LengthMaxOf(run));

    /// <summary>The same, whatever is known of its minutes: they may become known later.</summary>
    public static DateOnly? NextDayAtMostOf(RunFacts run) => NextDayOf(run, Longest);

    private static DateOnly? NextDayOf(RunFacts run, TimeSpan lengthMax) =>
        run.StartedAt is { } start && StartDayOf(run) is { } day
            && day < DateOnly.MaxValue && MidnightOf(day.AddDays(1)) - start < lengthMax
                ? day.AddDays(1)
                : null;

    private static TimeSpan LengthMaxOf(RunFacts run)
    {
        if (run.ActionsMinutes is not { } minutes || minutes >= (long)Longest.TotalMinutes)
            return Longest;
        var length = TimeSpan.FromMinutes(minutes) + WaitingMax;
        return length < Longest ? length : Longest;
    }

    private static DateTimeOffset MidnightOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
