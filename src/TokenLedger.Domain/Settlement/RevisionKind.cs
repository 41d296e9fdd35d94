namespace TokenLedger.Domain.Settlement;

/// <summary>What a stored revision of a day changed. A change after the day had settled is told to people.</summary>
public enum RevisionKind
{
    /// <summary>Nothing was stored of the day before.</summary>
    Initial,

    /// <summary>Something changed before the day had ever settled.</summary>
    Update,

    /// <summary>No figure changed: only how final the day is, or how often its bill was seen.</summary>
    Confirmation,

    /// <summary>The bill changed after the day had settled.</summary>
    Correction,

    /// <summary>The bill is the same and what runs answer for changed after the day had settled.</summary>
    Reallocation,
}
