using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Pricing;

/// <summary>List unit prices in US dollars per one million tokens. Null is unknown and never 0; 0 is free.</summary>
/// <param name="Input">Fresh prompt tokens.</param>
/// <param name="Output">Generated tokens, reasoning included.</param>
/// <param name="CacheRead">Prompt tokens served from a cache.</param>
/// <param name="CacheWrite5m">Prompt tokens written to a five-minute cache.</param>
/// <param name="CacheWrite1h">Prompt tokens written to a one-hour cache.</param>
public readonly record struct UnitPrices(
    decimal? Input,
    decimal? Output,
    decimal? CacheRead,
    decimal? CacheWrite5m,
    decimal? CacheWrite1h)
{
    /// <summary>The price of one kind; null when unknown.</summary>
    public decimal? this[TokenKind kind] => kind switch
    {
        TokenKind.Input => Input,
        TokenKind.Output => Output,
        TokenKind.CacheRead => CacheRead,
        TokenKind.CacheWrite5m => CacheWrite5m,
        TokenKind.CacheWrite1h => CacheWrite1h,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a token kind."),
    };
}
