using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// What is left of each slice's estimate as buckets consume it, by token kind. Lives for one account and day.
/// </summary>
internal sealed class SliceLedger
{
    private readonly long[] left = new long[TokenCounts.Kinds.Count];
    private readonly bool[] isTouched = new bool[TokenCounts.Kinds.Count];

    public SliceLedger(PricedSlice slice)
    {
        Slice = slice;
        if (slice.EstimatedAiCredits is not { } estimate)
            return;
        foreach (var kind in TokenCounts.Kinds)
            left[(int)kind] = AiCredits.TruncateToNanoCredits(estimate[kind]);
    }

    public PricedSlice Slice { get; }

    /// <summary>Whether any bucket has taken from the estimate yet: of one kind, or of any.</summary>
    public bool IsTouched(TokenKind? kind) => kind is { } one ? isTouched[(int)one] : isTouched.Contains(true);

    /// <summary>What a bucket may still give the slice: of one kind, or of all.</summary>
    public long WeightNanoCredits(TokenKind? kind)
    {
        if (kind is { } one)
            return left[(int)one];
        var sum = 0L;
        foreach (var part in left)
            sum = checked(sum + part);
        return sum;
    }

    /// <summary>
    /// Takes what a bucket gave from the estimate, never below 0. A refund makes no room for other money.
    /// </summary>
    public void Consume(TokenKind? kind, long givenNanoCredits)
    {
        if (givenNanoCredits <= 0)
            return;
        if (kind is { } one)
        {
            isTouched[(int)one] = true;
            left[(int)one] = Math.Max(0, left[(int)one] - givenNanoCredits);
            return;
        }

        Array.Fill(isTouched, true);
        var sum = WeightNanoCredits(null);
        var taken = sum <= givenNanoCredits ? left.ToArray() : LargestRemainder.Split(givenNanoCredits, left);
        for (var i = 0; i < left.Length; i++)
            left[i] -= taken[i];
    }
}
