namespace TokenLedger.Domain.Usage;

/// <summary>
/// Tokens by kind. The five kinds are disjoint; <see cref="Reasoning"/> is a note about a part of the output.
/// </summary>
/// <remarks>Counts are never negative where a reader made them. Arithmetic is checked: an overflow throws.</remarks>
/// <param name="Input">Fresh prompt tokens.</param>
/// <param name="Output">Generated tokens, reasoning included.</param>
/// <param name="CacheRead">Prompt tokens served from a cache.</param>
/// <param name="CacheWrite5m">Prompt tokens written to a five-minute cache.</param>
/// <param name="CacheWrite1h">Prompt tokens written to a one-hour cache.</param>
/// <param name="Reasoning">Of the output, the tokens spent on reasoning; 0 also where the source does not tell.</param>
public readonly record struct TokenCounts(
    long Input,
    long Output,
    long CacheRead,
    long CacheWrite5m = 0,
    long CacheWrite1h = 0,
    long Reasoning = 0)
{
    /// <summary>Every kind, in the order in which figures are shown and split.</summary>
    public static IReadOnlyList<TokenKind> Kinds { get; } =
        [TokenKind.Input, TokenKind.Output, TokenKind.CacheRead, TokenKind.CacheWrite5m, TokenKind.CacheWrite1h];

    /// <summary>The whole prompt: fresh, read and written.</summary>
    public long Prompt => checked(Input + CacheRead + CacheWrite5m + CacheWrite1h);

    /// <summary>All tokens, each once.</summary>
    public long Total => checked(Prompt + Output);

    /// <summary>Tokens written to any cache.</summary>
    public long CacheWrite => checked(CacheWrite5m + CacheWrite1h);

    /// <summary>The count of one kind.</summary>
    public long this[TokenKind kind] => kind switch
    {
        TokenKind.Input => Input,
        TokenKind.Output => Output,
        TokenKind.CacheRead => CacheRead,
        TokenKind.CacheWrite5m => CacheWrite5m,
        TokenKind.CacheWrite1h => CacheWrite1h,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a token kind."),
    };

    /// <summary>The sum, kind by kind.</summary>
    public static TokenCounts operator +(TokenCounts left, TokenCounts right) => checked(new(
        left.Input + right.Input,
        left.Output + right.Output,
        left.CacheRead + right.CacheRead,
        left.CacheWrite5m + right.CacheWrite5m,
        left.CacheWrite1h + right.CacheWrite1h,
        left.Reasoning + right.Reasoning));

    /// <summary>The difference, kind by kind; a result may be negative.</summary>
    public static TokenCounts operator -(TokenCounts left, TokenCounts right) => checked(new(
        left.Input - right.Input,
        left.Output - right.Output,
        left.CacheRead - right.CacheRead,
        left.CacheWrite5m - right.CacheWrite5m,
        left.CacheWrite1h - right.CacheWrite1h,
        left.Reasoning - right.Reasoning));
}
