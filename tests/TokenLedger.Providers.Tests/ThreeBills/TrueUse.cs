using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Providers.Tests.ThreeBills;

/// <summary>What one run, or people beside the runs, truly used of one provider on one day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Channel">Who bills it.</param>
/// <param name="Tokens">The tokens.</param>
/// <param name="RunId">The run; null for people.</param>
internal sealed record TrueUse(DateOnly Day, Channel Channel, TokenCounts Tokens, long? RunId)
{
    private const decimal Million = 1_000_000m;
    private const decimal CreditsPerUsd = 100m;

    /// <summary>Whether the run's log came.</summary>
    public bool IsLogged { get; init; } = true;

    /// <summary>The model.</summary>
    public string Model => Channel == Channel.Anthropic ? "claude-sonnet-5-5"
        : Channel == Channel.OpenAI ? "gpt-5-6-sol" : "claude-sonnet-5";

    /// <summary>What the proxy logged: it does not see what Anthropic's cache is written.</summary>
    public TokenCounts Logged => Channel == Channel.Anthropic ? Tokens with { CacheWrite5m = 0 } : Tokens;

    /// <summary>What was truly paid for a kind, in US dollars, exact.</summary>
    public decimal PaidUsd(TokenKind kind) => Tokens[kind] * PaidUsdPerMillion(kind, Day, Channel) / Million;

    /// <summary>What the tokens of a kind are worth at the booked price, in AI credits.</summary>
    public decimal BookedAiCredits(TokenKind kind) => Tokens[kind] * BookedUsdPerMillion(kind, Day, Channel) / Million
        * CreditsPerUsd;

    /// <summary>The whole nano-credits of an amount in dollars.</summary>
    public static long NanoCredits(decimal usd) =>
        decimal.ToInt64(decimal.Round(usd * CreditsPerUsd * AiCredits.NanoCreditsPerCredit));

    /// <summary>The price that was paid: OpenAI's output is cheaper since the 14th, and no book says so.</summary>
    private static decimal PaidUsdPerMillion(TokenKind kind, DateOnly day, Channel channel) =>
        channel == Channel.OpenAI && kind == TokenKind.Output && day >= MonthOfThree.UnbookedPriceFrom
            ? MonthOfThree.PaidOutputUsd
            : BookedUsdPerMillion(kind, day, channel);

    // As the shipped book has them; a cached token of Sonnet 5.5 costs half since the 7th.
    private static decimal BookedUsdPerMillion(TokenKind kind, DateOnly day, Channel channel) => kind switch
    {
        TokenKind.Input => channel == Channel.OpenAI ? 4m : 2m,
        TokenKind.Output => channel == Channel.OpenAI ? 20m : 10m,
        TokenKind.CacheRead => channel == Channel.OpenAI ? 0.4m
            : channel == Channel.Anthropic && day >= MonthOfThree.BookedPriceFrom ? 0.1m : 0.2m,
        _ => channel == Channel.OpenAI ? 5m : 2.5m,
    };
}
