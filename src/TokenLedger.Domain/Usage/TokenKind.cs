namespace TokenLedger.Domain.Usage;

/// <summary>The disjoint kinds in which language-model tokens are counted and priced.</summary>
/// <remarks>Reasoning tokens are no kind of their own: they are a part of <see cref="Output"/>.</remarks>
public enum TokenKind
{
    /// <summary>Fresh prompt tokens: neither read from nor written to a cache.</summary>
    Input,

    /// <summary>Generated tokens, reasoning included.</summary>
    Output,

    /// <summary>Prompt tokens served from a cache.</summary>
    CacheRead,

    /// <summary>Prompt tokens written to a cache that lives five minutes, or whose life is not stated.</summary>
    CacheWrite5m,

    /// <summary>Prompt tokens written to a cache that lives one hour.</summary>
    CacheWrite1h,
}
