namespace TokenLedger.Domain.Gap;

/// <summary>What the difference between estimate and bill is made of, in the order of substitution.</summary>
public enum GapPart
{
    /// <summary>Usage whose bill is not there yet, or not whole yet.</summary>
    Timing,

    /// <summary>Billed usage of known runs that left no telemetry.</summary>
    Coverage,

    /// <summary>Tokens of the known runs that we count under another kind, not at all, or beyond the bill.</summary>
    TokenKind,

    /// <summary>Billed tokens at another unit price than the booked one.</summary>
    Price,

    /// <summary>Billed usage that is no known run's: people, other tools, code review.</summary>
    OtherUsage,

    /// <summary>Several of the parts before as one figure: the bill does not tell them apart.</summary>
    NotSeparable,

    /// <summary>Digits beyond the nano-credit, and the provider's own rounding of its rows.</summary>
    Rounding,

    /// <summary>What nothing known explains.</summary>
    Unexplained,

    /// <summary>
    /// Net less gross: what is included or discounted. Stands after the gross, and only where every net is known.
    /// </summary>
    Allowance,
}
