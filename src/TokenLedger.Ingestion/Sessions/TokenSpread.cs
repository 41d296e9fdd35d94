using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>Spreads tokens that only a sum is known of over the parts of that sum, by their uncached input.</summary>
internal static class TokenSpread
{
    /// <summary>
    /// The parts with the difference added; their sum grows by exactly it, and no count falls below 0.
    /// </summary>
    /// <param name="before">The parts, at least one, in the order in which equal remainders are served.</param>
    /// <param name="difference">
    /// What to add; a negative kind takes away, at most as much as the parts have of it together.
    /// </param>
    public static TokenCounts[] Of(IReadOnlyList<TokenCounts> before, TokenCounts difference)
    {
        var parts = new Dictionary<TokenKind, long[]>();
        foreach (var kind in TokenCounts.Kinds)
            parts[kind] = LargestRemainder.Split(difference[kind], Weights(before, kind, difference[kind]));
        var after = new TokenCounts[before.Count];
        for (var i = 0; i < after.Length; i++)
        {
            after[i] = before[i] + new TokenCounts(
                parts[TokenKind.Input][i], parts[TokenKind.Output][i], parts[TokenKind.CacheRead][i],
                parts[TokenKind.CacheWrite5m][i], parts[TokenKind.CacheWrite1h][i]);
        }

        return after;
    }

    // Taking away follows what is there, so no count falls below 0; adding follows the uncached input.
    private static long[] Weights(IReadOnlyList<TokenCounts> before, TokenKind kind, long difference)
    {
        if (difference < 0)
            return [.. before.Select(tokens => tokens[kind])];
        if (before.Any(tokens => tokens.Input > 0))
            return [.. before.Select(tokens => tokens.Input)];
        return before.Any(tokens => tokens.Total > 0)
            ? [.. before.Select(tokens => tokens.Total)]
            : [.. before.Select(_ => 1L)];
    }
}
