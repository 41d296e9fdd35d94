namespace TokenLedger.Application.Artifacts;

/// <summary>How final the bill of one account and day is.</summary>
public sealed record SettlementEntry
{
    /// <summary>Whose bill.</summary>
    public required string Source { get; init; }

    /// <summary>The billing account's key.</summary>
    public required string Account { get; init; }

    /// <summary>The UTC day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary><c>estimated</c>, <c>provisional</c>, <c>settled</c> or <c>closed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>
    /// <c>no-bill-for-usage</c>, <c>unreachable</c> or <c>still-changing</c>: why it is not what its looks alone would
    /// make it; null when nothing stands against them. Artifacts made before December 2026 have no such field.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>How often the basis view was looked at.</summary>
    public required int Observations { get; init; }

    /// <summary>The first look.</summary>
    public required DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>The look that last changed it.</summary>
    public required DateTimeOffset? LastChangedAt { get; init; }
}
