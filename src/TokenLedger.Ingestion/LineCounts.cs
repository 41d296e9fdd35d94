namespace TokenLedger.Ingestion;

/// <summary>What became of every line that was read. The four add up to the lines.</summary>
/// <param name="Accepted">Lines that count.</param>
/// <param name="Duplicate">Lines whose request was already known.</param>
/// <param name="Rejected">Lines that could not be read; each is an <see cref="InputProblem"/>.</param>
/// <param name="Blank">Empty lines.</param>
public readonly record struct LineCounts(long Accepted, long Duplicate, long Rejected, long Blank)
{
    /// <summary>All lines.</summary>
    public long Total => checked(Accepted + Duplicate + Rejected + Blank);

    /// <summary>The sum, field by field.</summary>
    public static LineCounts operator +(LineCounts left, LineCounts right) => checked(new(
        left.Accepted + right.Accepted,
        left.Duplicate + right.Duplicate,
        left.Rejected + right.Rejected,
        left.Blank + right.Blank));
}
