namespace TokenLedger.Domain.Pricing;

/// <summary>What the price book makes of one slice: credits by kind, or the reason why there are none.</summary>
public sealed record Estimate
{
    private Estimate()
    {
    }

    /// <summary>The credits by kind; null when unpriced.</summary>
    public KindCredits? AiCredits { get; private init; }

    /// <summary>
    /// The upper end where the log does not tell whether cached tokens are inside the input; else equal to the total.
    /// </summary>
    public decimal? HighAiCredits { get; private init; }

    /// <summary>Why there is no estimate; null when priced.</summary>
    public UnpricedReason? Unpriced { get; private init; }

    /// <summary>Whether the request fell in a long-context band.</summary>
    public bool IsLongContext { get; private init; }

    /// <summary>An estimate.</summary>
    public static Estimate Priced(KindCredits credits, decimal highAiCredits, bool isLongContext) =>
        new() { AiCredits = credits, HighAiCredits = highAiCredits, IsLongContext = isLongContext };

    /// <summary>No estimate, and why.</summary>
    public static Estimate NotPriced(UnpricedReason reason) => new() { Unpriced = reason };
}
