namespace TokenLedger.Domain.Settlement;

/// <summary>What a revision of an account's day changed against the one before it.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="SettledAt">When the day settled first, UTC; null while it never has. It stays.</param>
/// <param name="BillHash">The hash of the charges that counted; empty when unknown.</param>
/// <param name="ResultHash">The hash of the shares, unallocated parts and totals; empty when unknown.</param>
public sealed record DayChange(RevisionKind Kind, DateTimeOffset? SettledAt, string BillHash, string ResultHash)
{
    /// <summary>Of a revision that says nothing of it.</summary>
    public static readonly DayChange Unknown = new(RevisionKind.Update, null, "", "");

    /// <summary>Of a revision that an earlier version stored, which said how final the day was and no more.</summary>
    public static DayChange OfEarlierVersion(SettlementStatus status, DateTimeOffset at) =>
        Unknown with { SettledAt = status is SettlementStatus.Settled or SettlementStatus.Closed ? at : null };

    /// <summary>Whether people are to be told: a figure changed after the day had settled.</summary>
    public bool IsAnnounced => Kind is RevisionKind.Correction or RevisionKind.Reallocation;

    /// <summary>The change that a new revision is.</summary>
    /// <param name="before">The change that the revision before it was; null for none.</param>
    /// <param name="settlement">How final the day is now.</param>
    /// <param name="billHash">The hash of the charges that count now.</param>
    /// <param name="resultHash">The hash of what they were split into.</param>
    /// <param name="at">When it is recorded, UTC.</param>
    public static DayChange Of(
        DayChange? before, DaySettlement settlement, string billHash, string resultHash, DateTimeOffset at)
    {
        var isSettled = settlement.IsFinal;
        return new DayChange(
            KindOf(before, billHash, resultHash),
            before?.SettledAt ?? (isSettled ? at : null),
            billHash,
            resultHash);
    }

    private static RevisionKind KindOf(DayChange? before, string billHash, string resultHash)
    {
        if (before is null)
            return RevisionKind.Initial;
        var isSameBill = string.Equals(before.BillHash, billHash, StringComparison.Ordinal);
        var isSameResult = string.Equals(before.ResultHash, resultHash, StringComparison.Ordinal);
        if (isSameBill && isSameResult)
            return RevisionKind.Confirmation;
        if (before.SettledAt is null || before.BillHash.Length == 0)
            return RevisionKind.Update;
        return isSameBill ? RevisionKind.Reallocation : RevisionKind.Correction;
    }
}
