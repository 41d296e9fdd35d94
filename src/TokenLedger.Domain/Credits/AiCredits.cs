namespace TokenLedger.Domain.Credits;

/// <summary>Conversions between AI credits, their nano-credits and US dollars.</summary>
/// <remarks>
/// One AI credit is 0.01 USD for every channel, so one nano-credit is 10⁻¹¹ USD and a <see cref="long"/> of
/// nano-credits reaches about 92 million USD. Source: GitHub billing documentation, read 2026-10.
/// </remarks>
public static class AiCredits
{
    /// <summary>Nano-credits in one AI credit.</summary>
    public const long NanoCreditsPerCredit = 1_000_000_000;

    private const decimal CreditsPerUsd = 100m;
    private const decimal NanoCreditsPerUsd = 100_000_000_000m;

    /// <summary>A billed amount in US dollars as whole nano-credits.</summary>
    /// <remarks>
    /// The one rounding step of a bill. Providers print doubles, so digits past the eleventh are noise of theirs
    /// (a real GitHub export says 11.602723499999996): they are rounded to the nearest nano-credit, half to even.
    /// </remarks>
    /// <exception cref="OverflowException">The amount is over about 92 million USD.</exception>
    public static long NanoCreditsFromUsd(decimal usd) =>
        decimal.ToInt64(decimal.Round(usd * NanoCreditsPerUsd, 0, MidpointRounding.ToEven));

    /// <summary>An amount in AI credits as whole nano-credits, digits past the ninth cut off.</summary>
    /// <remarks>Truncated toward zero, because an estimate used as a ceiling must never grow by rounding.</remarks>
    /// <exception cref="OverflowException">The amount is over about 9.2 billion credits.</exception>
    public static long TruncateToNanoCredits(decimal credits) =>
        decimal.ToInt64(decimal.Truncate(credits * NanoCreditsPerCredit));

    /// <summary>Whole nano-credits as AI credits, exact.</summary>
    public static decimal FromNanoCredits(long nanoCredits) => nanoCredits * 0.000000001m;

    /// <summary>Whole nano-credits as US dollars, exact.</summary>
    public static decimal UsdFromNanoCredits(long nanoCredits) => nanoCredits * 0.00000000001m;

    /// <summary>US dollars as AI credits, exact.</summary>
    public static decimal FromUsd(decimal usd) => usd * CreditsPerUsd;
}
