using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>Billed tokens and ours beside each other, kind by kind, both at the booked price.</summary>
/// <remarks>
/// The booked price of a kind is the mean that our own slices of it are estimated at, so that equal tokens are equal
/// credits; the book's where we have no token of the kind. A bill that does not tell the lifetimes of cache writes
/// apart has them in one column, and so have we.
/// </remarks>
internal sealed class TokenColumns
{
    // As the reconciler has it: a bill's own counts and ours may differ by a request at midnight, not by more.
    private const decimal TokenToleranceFraction = 0.001m;

    // Above this a figure is no money that anybody was billed, and a long of nano-credits ends soon after.
    private const decimal AiCreditsMax = 1_000_000_000m;

    private TokenColumns(long[] billed, long[] ours, long[] oursNanoCredits, long[] billedNanoCredits)
    {
        Billed = billed;
        Ours = ours;
        OursNanoCredits = oursNanoCredits;
        BilledNanoCredits = billedNanoCredits;
    }

    /// <summary>Billed tokens, indexed by kind.</summary>
    public long[] Billed { get; }

    /// <summary>Our tokens.</summary>
    public long[] Ours { get; }

    /// <summary>Our estimate in whole nano-credits, slice by slice as the reconciler cuts it.</summary>
    public long[] OursNanoCredits { get; }

    /// <summary>The billed tokens at the booked price.</summary>
    public long[] BilledNanoCredits { get; }

    /// <summary>Whether two counts are equal within the tolerance.</summary>
    public static bool IsNear(long billed, long ours) =>
        Math.Abs((decimal)billed - ours) <= Math.Max(billed, ours) * TokenToleranceFraction;

    /// <summary>Whether every column is equal within the tolerance.</summary>
    public static bool AreNear(TokenCounts billed, IReadOnlyList<PricedSlice> slices, bool isByKind)
    {
        var theirs = Spread(billed, isByKind);
        var ours = OursOf(slices, isByKind);
        return theirs.Zip(ours).All(pair => IsNear(pair.First, pair.Second));
    }

    /// <summary>The columns; null where a billed kind that our slices lack has no price either.</summary>
    /// <param name="billed">The billed tokens.</param>
    /// <param name="slices">Our slices, each with an estimate.</param>
    /// <param name="isByKind">Whether the bill has a row for each kind, and so tells cache lifetimes apart.</param>
    /// <param name="priceOf">The book's credits for a count of one kind; null when it has no price.</param>
    public static TokenColumns? Of(
        TokenCounts billed, IReadOnlyList<PricedSlice> slices, bool isByKind, Func<TokenKind, long, decimal?> priceOf)
    {
        var theirs = Spread(billed, isByKind);
        var ours = OursOf(slices, isByKind);
        var oursNano = new long[ours.Length];
        var exact = new decimal[ours.Length];
        foreach (var kind in TokenCounts.Kinds)
        {
            var at = ColumnOf(kind, isByKind);
            foreach (var slice in slices)
            {
                var credits = slice.EstimatedAiCredits!.Value[kind];
                exact[at] += credits;
                oursNano[at] = checked(oursNano[at] + AiCredits.TruncateToNanoCredits(credits));
            }
        }

        var billedNano = new long[ours.Length];
        foreach (var kind in TokenCounts.Kinds)
        {
            var at = (int)kind;
            if (theirs[at] == ours[at])
            {
                billedNano[at] = oursNano[at];
                continue;
            }

            var credits = ours[at] > 0 ? theirs[at] * Ratio.Of(exact[at], ours[at])
                : theirs[at] == 0 ? 0 : priceOf(kind, theirs[at]);
            if (credits is not { } known || known > AiCreditsMax)
                return null;
            billedNano[at] = AiCredits.TruncateToNanoCredits(known);
        }

        return new TokenColumns(theirs, ours, oursNano, billedNano);
    }

    private static long[] OursOf(IReadOnlyList<PricedSlice> slices, bool isByKind) =>
        Spread(slices.Aggregate(default(TokenCounts), (sum, slice) => sum + slice.Tokens), isByKind);

    private static long[] Spread(TokenCounts tokens, bool isByKind)
    {
        var columns = new long[TokenCounts.Kinds.Count];
        foreach (var kind in TokenCounts.Kinds)
            columns[ColumnOf(kind, isByKind)] = checked(columns[ColumnOf(kind, isByKind)] + tokens[kind]);
        return columns;
    }

    private static int ColumnOf(TokenKind kind, bool isByKind) =>
        !isByKind && kind == TokenKind.CacheWrite1h ? (int)TokenKind.CacheWrite5m : (int)kind;
}
