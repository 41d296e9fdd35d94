namespace TokenLedger.Domain.Settlement;

/// <summary>When a source's days are looked at.</summary>
/// <param name="FirstAfterDayEnd">The first look, counted from the end of the day.</param>
/// <param name="Often">The least time between two looks at first.</param>
/// <param name="OftenUntilDayEnd">How long after the end of the day looks are taken often; then weekly.</param>
public sealed record PollPolicy(TimeSpan FirstAfterDayEnd, TimeSpan Often, TimeSpan OftenUntilDayEnd)
{
    /// <summary>The time between two looks at a day that is no longer new.</summary>
    public static readonly TimeSpan Seldom = TimeSpan.FromDays(7);

    /// <summary>
    /// How long after its end a day is looked at: the weekly look after the closing of the longest month, and time to
    /// mend a token.
    /// </summary>
    public static readonly TimeSpan GivenUpAfterDayEnd = TimeSpan.FromDays(62);

    /// <summary>GitHub: 06:00 UTC of the next day, daily to the fifth day after it. Assumed: no latency is documented
    /// (2026-10).</summary>
    public static readonly PollPolicy GitHub =
        new(TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(5));

    /// <summary>Anthropic: 01:00 UTC of the next day, every 6 hours to the second day after it.</summary>
    public static readonly PollPolicy Anthropic =
        new(TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(2));

    /// <summary>OpenAI and providers without a policy of their own: as GitHub.</summary>
    public static readonly PollPolicy OpenAI = GitHub with { };

    /// <summary>The policy of a bill's source.</summary>
    public static PollPolicy Of(string source) => source switch
    {
        "github" => GitHub,
        "anthropic" => Anthropic,
        _ => OpenAI,
    };

    /// <summary>The policy with what closed days taught: looks are taken often for longer, never shorter.</summary>
    public PollPolicy Learned(LearnedLags? lags)
    {
        var until = (lags?.LastChanged95 ?? TimeSpan.Zero) + Often;
        return lags is not null && until > OftenUntilDayEnd ? this with { OftenUntilDayEnd = until } : this;
    }
}
