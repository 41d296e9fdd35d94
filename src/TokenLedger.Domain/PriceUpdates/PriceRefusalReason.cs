namespace TokenLedger.Domain.PriceUpdates;

/// <summary>Why a model keeps its booked prices.</summary>
public enum PriceRefusalReason
{
    /// <summary>The list has names that only begin alike.</summary>
    SimilarNameOnly,

    /// <summary>Entries of one name have different prices.</summary>
    TwoPrices,

    /// <summary>A figure of an entry cannot be read.</summary>
    UnreadableEntry,

    /// <summary>The entry lacks a price of input or output, or has 0 for both: subscriptions are listed so.</summary>
    NoPrice,

    /// <summary>The book has a price of long prompts and the list none.</summary>
    UnlistedBand,

    /// <summary>Of long prompts the entry lacks the price of a kind that it has of short ones.</summary>
    IncompleteBand,

    /// <summary>A kind that is booked above 0 would be free, and nobody asked for the model by name.</summary>
    BecomesFree,

    /// <summary>The list has a band that prompts are not told apart by.</summary>
    UnknownBand,

    /// <summary>The model was asked for, and the list does not have it.</summary>
    NotListed,

    /// <summary>The rows would contradict each other.</summary>
    UnsoundRows,
}
