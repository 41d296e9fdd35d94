namespace TokenLedger.Domain.Settlement;

/// <summary>When a source's bill counts as settled and as closed.</summary>
/// <param name="SettledAge">The least age of a day, counted from its end, for it to settle.</param>
/// <param name="EqualLooksApart">The least time between two equal looks.</param>
/// <param name="ClosedAfterDayEnd">
/// The least age of a day to close; null to count from the end of its month instead.
/// </param>
/// <param name="ClosedAfterMonthEnd">The least age of the day's month to close; used when the former is null.</param>
public sealed record SettlementPolicy(
    TimeSpan SettledAge,
    TimeSpan EqualLooksApart,
    TimeSpan? ClosedAfterDayEnd,
    TimeSpan? ClosedAfterMonthEnd)
{
    /// <summary>
    /// GitHub: 4 days, two equal looks a day apart; closed 3 days after the month. Assumed: GitHub documents no latency
    /// (2026-10).
    /// </summary>
    public static readonly SettlementPolicy GitHub =
        new(TimeSpan.FromDays(4), TimeSpan.FromHours(24), null, TimeSpan.FromDays(3));

    /// <summary>Anthropic: a day, two equal looks 6 hours apart; closed after 35 days.</summary>
    public static readonly SettlementPolicy Anthropic =
        new(TimeSpan.FromHours(24), TimeSpan.FromHours(6), TimeSpan.FromDays(35), null);

    /// <summary>
    /// OpenAI and providers without a policy of their own: 3 days, two equal looks a day apart; closed after 35 days.
    /// </summary>
    public static readonly SettlementPolicy OpenAI =
        new(TimeSpan.FromDays(3), TimeSpan.FromHours(24), TimeSpan.FromDays(35), null);

    /// <summary>The policy of a bill's source.</summary>
    public static SettlementPolicy Of(string source) => source switch
    {
        "github" => GitHub,
        "anthropic" => Anthropic,
        _ => OpenAI,
    };

    /// <summary>The policy with what an account's closed days taught: never sooner than by default.</summary>
    public SettlementPolicy Learned(LearnedLags? lags) =>
        lags is not null && lags.LastChanged95 > SettledAge ? this with { SettledAge = lags.LastChanged95 } : this;

    /// <summary>When the bill of a day may close, UTC.</summary>
    public DateTimeOffset ClosesAt(DateOnly day) => ClosedAfterDayEnd is { } age
        ? DayEnd(day) + age
        : new DateTimeOffset(new DateOnly(day.Year, day.Month, 1).AddMonths(1), TimeOnly.MinValue, TimeSpan.Zero)
            + ClosedAfterMonthEnd.GetValueOrDefault();

    /// <summary>The end of a UTC day, exclusive.</summary>
    internal static DateTimeOffset DayEnd(DateOnly day) =>
        new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1);
}
