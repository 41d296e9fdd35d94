using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// Weights for usage without a price: input 1, cache read 0.1, cache write 1.25, output 5, times 100 to stay whole.
/// </summary>
/// <remarks>The ratios most list prices have had (2026); only good enough within one model.</remarks>
internal static class TokenEquivalents
{
    public static long Of(TokenCounts tokens, TokenKind? kind) => checked(kind switch
    {
        TokenKind.Input => 100 * tokens.Input,
        TokenKind.CacheRead => 10 * tokens.CacheRead,
        TokenKind.CacheWrite5m => 125 * tokens.CacheWrite5m,
        TokenKind.CacheWrite1h => 125 * tokens.CacheWrite1h,
        TokenKind.Output => 500 * tokens.Output,
        _ => (100 * tokens.Input) + (10 * tokens.CacheRead) + (125 * tokens.CacheWrite) + (500 * tokens.Output),
    });
}
