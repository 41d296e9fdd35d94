namespace TokenLedger.Domain.Pricing;

/// <summary>Why usage has no estimate.</summary>
public enum UnpricedReason
{
    /// <summary>The book has no row for the channel and model.</summary>
    UnknownModel,

    /// <summary>The book knows the model, but not on that day.</summary>
    NoPriceOnDay,

    /// <summary>The book's row lacks the price of a kind that was used.</summary>
    NoPriceForKind,
}
