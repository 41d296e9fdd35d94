using TokenLedger.Domain.Usage;
using TokenLedger.Testing.Samples;

namespace TokenLedger.Providers.Tests.ThreeBills;

/// <summary>A month of runs on three bills, and of people who use the same providers; the same each time.</summary>
/// <remarks>
/// Planted: a booked price change, one that no book has, a proxy that loses cache writes, a run without a log, people,
/// and three days whose bills are revised.
/// </remarks>
internal sealed class MonthOfThree
{
    public static readonly DateOnly FirstDay = new(2026, 10, 1);
    public static readonly DateOnly EndDay = new(2026, 11, 1);

    /// <summary>Since when Anthropic's cached tokens are cheaper, as the book says.</summary>
    public static readonly DateOnly BookedPriceFrom = new(2026, 10, 7);

    /// <summary>Since when OpenAI's output is cheaper than the book says.</summary>
    public static readonly DateOnly UnbookedPriceFrom = new(2026, 10, 14);

    /// <summary>What OpenAI's output has cost since, in US dollars a million; booked are 20.</summary>
    public const decimal PaidOutputUsd = 19m;

    /// <summary>When a run left no log.</summary>
    public static readonly DateOnly BareDay = new(2026, 10, 22);

    /// <summary>The days whose first bills are too small, by provider, and how long.</summary>
    public static readonly IReadOnlyDictionary<Channel, (DateOnly Day, TimeSpan RevisedAfter)> Revised =
        new Dictionary<Channel, (DateOnly, TimeSpan)>
        {
            [Channel.Anthropic] = (new DateOnly(2026, 10, 12), TimeSpan.FromHours(17)),
            [Channel.OpenAI] = (new DateOnly(2026, 10, 9), TimeSpan.FromHours(40)),
            [Channel.Copilot] = (new DateOnly(2026, 10, 20), TimeSpan.FromHours(70)),
        };

    private const int RunsADay = 3;

    // Copilot's bill moves a little around what is booked.
    private const long NoisePerMille = 15;

    private readonly SampleDice dice = new(20261001);

    public MonthOfThree()
    {
        for (var day = FirstDay; day < EndDay; day = day.AddDays(1))
        {
            foreach (var channel in (Channel[])[Channel.Anthropic, Channel.OpenAI, Channel.Copilot])
            {
                for (var n = 0; n < RunsADay; n++)
                    Uses.Add(new TrueUse(day, channel, Tokens(channel), Uses.Count + 1));
            }

            Uses.Add(new TrueUse(day, Channel.Anthropic, Tokens(Channel.Anthropic), null));
            Uses.Add(new TrueUse(day, Channel.OpenAI, Tokens(Channel.OpenAI), null));
            CopilotPerMille[day] = 1_000 + dice.Roll(-NoisePerMille, NoisePerMille + 1);
        }

        Uses.Add(new TrueUse(BareDay, Channel.Anthropic, Tokens(Channel.Anthropic) with { CacheWrite5m = 0 }, 9_001)
        {
            IsLogged = false,
        });
    }

    /// <summary>Everything that was used.</summary>
    public List<TrueUse> Uses { get; } = [];

    /// <summary>What Copilot billed of each day's estimate, in thousandths.</summary>
    public Dictionary<DateOnly, long> CopilotPerMille { get; } = [];

    /// <summary>What was used of a provider on a day, by runs alone or by people alone.</summary>
    public IEnumerable<TrueUse> Of(Channel channel, DateOnly day, bool isOfRuns) =>
        Uses.Where(use => use.Channel == channel && use.Day == day && use.RunId is not null == isOfRuns);

    private TokenCounts Tokens(Channel channel) => new(
        dice.Roll(40_000, 60_000), dice.Roll(8_000, 12_000), dice.Roll(800_000, 1_200_000),
        channel == Channel.Copilot ? 0 : dice.Roll(90_000, 110_000));
}
