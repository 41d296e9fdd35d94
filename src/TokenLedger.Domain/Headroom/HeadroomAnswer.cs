namespace TokenLedger.Domain.Headroom;

/// <summary>Whether a run may start, and why. Money in nano-credits of the budget's measure.</summary>
public sealed record HeadroomAnswer
{
    /// <summary>The budget's name.</summary>
    public required string Budget { get; init; }

    /// <summary>The verdict.</summary>
    public required HeadroomVerdict Verdict { get; init; }

    /// <summary>A code of <see cref="HeadroomReason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The limit with overrides; without them where the budget was not evaluated.</summary>
    public required long LimitNanoCredits { get; init; }

    /// <summary>Spent as it was last evaluated; null when it was not.</summary>
    public required long? SpentNanoCredits { get; init; }

    /// <summary>Held for other runs.</summary>
    public required long ReservedNanoCredits { get; init; }

    /// <summary>What was asked for; null when nobody said.</summary>
    public required long? AskedNanoCredits { get; init; }

    /// <summary>Limit less spent and held for other runs, this one not counted; null when spent is unknown.</summary>
    public long? RemainingNanoCredits => checked(LimitNanoCredits - SpentNanoCredits - ReservedNanoCredits);

    /// <summary>Why spent may be too small, in ordinal order; empty when nothing is missing.</summary>
    public required IReadOnlyList<string> IncompleteReasons { get; init; }

    /// <summary>What is held for the run; null when nothing is.</summary>
    public Reservation? Reservation { get; init; }

    /// <summary>When the budget was last evaluated, UTC; null when it was not.</summary>
    public required DateTimeOffset? EvaluatedAt { get; init; }
}
