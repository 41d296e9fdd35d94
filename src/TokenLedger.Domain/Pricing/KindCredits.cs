using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Pricing;

/// <summary>Estimated AI credits by token kind, exact and unrounded.</summary>
/// <param name="Input">Credits of fresh prompt tokens.</param>
/// <param name="Output">Credits of generated tokens.</param>
/// <param name="CacheRead">Credits of tokens served from a cache.</param>
/// <param name="CacheWrite5m">Credits of five-minute cache writes.</param>
/// <param name="CacheWrite1h">Credits of one-hour cache writes.</param>
public readonly record struct KindCredits(
    decimal Input,
    decimal Output,
    decimal CacheRead,
    decimal CacheWrite5m,
    decimal CacheWrite1h)
{
    /// <summary>The sum of all kinds.</summary>
    public decimal Total => Input + Output + CacheRead + CacheWrite5m + CacheWrite1h;

    /// <summary>The credits of one kind.</summary>
    public decimal this[TokenKind kind] => kind switch
    {
        TokenKind.Input => Input,
        TokenKind.Output => Output,
        TokenKind.CacheRead => CacheRead,
        TokenKind.CacheWrite5m => CacheWrite5m,
        TokenKind.CacheWrite1h => CacheWrite1h,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a token kind."),
    };

    /// <summary>The sum, kind by kind.</summary>
    public static KindCredits operator +(KindCredits left, KindCredits right) => new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite5m + right.CacheWrite5m,
        left.CacheWrite1h + right.CacheWrite1h);
}
