using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>Explains the gap of one cluster. The decision table is in this folder's README.</summary>
internal sealed class ClusterGap
{
    private readonly BillCluster cluster;
    private readonly TokenCounts? billedTokens;
    private readonly PriceBook prices;
    private readonly bool isFinal;
    private readonly GapAmounts amounts = new();

    private ClusterGap(BillCluster cluster, TokenCounts? billedTokens, PriceBook prices, bool isFinal)
    {
        this.cluster = cluster;
        this.billedTokens = billedTokens;
        this.prices = prices;
        this.isFinal = isFinal;
    }

    /// <summary>The amounts, which add up to the cluster's billed less its estimated credits.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="billedTokens">The tokens of its charges, refunds apart; null when not known of each.</param>
    /// <param name="prices">The booked prices.</param>
    /// <param name="isFinal">Whether the day's bill is whole and will not change.</param>
    public static IReadOnlyList<GapAmount> Of(
        BillCluster cluster, TokenCounts? billedTokens, PriceBook prices, bool isFinal)
    {
        var gap = new ClusterGap(cluster, billedTokens, prices, isFinal);
        if (cluster.Slices.Count == 0)
            gap.ExplainWithoutUsage();
        else
            gap.ExplainWithUsage();
        return gap.amounts.ToList();
    }

    // Nothing of ours can be meant: whoever else can have spent it did.
    private void ExplainWithoutUsage()
    {
        var billed = cluster.BilledNanoCredits;
        switch (cluster.IsExclusive, cluster.BareRuns.Count > 0)
        {
            case (true, true):
                amounts.Add(GapPart.Coverage, GapCause.RunsWithoutTelemetry, billed, cluster.BareRuns);
                break;
            case (true, false):
                amounts.Add(GapPart.Unexplained, GapCause.NoKnownRun, billed);
                break;
            case (false, true):
                amounts.Add(
                    GapPart.NotSeparable, GapCause.RunsOrOtherUsage, billed, cluster.BareRuns,
                    [GapPart.Coverage, GapPart.OtherUsage]);
                break;
            default:
                amounts.Add(GapPart.OtherUsage, GapCause.NoRunMatches, billed);
                break;
        }
    }

    private void ExplainWithUsage()
    {
        var estimated = EstimatedNanoCredits(cluster.Slices);
        var beyond = AiCredits.FromNanoCredits(estimated) - (EstimatedAiCredits(cluster.Slices) ?? 0);
        amounts.AddAiCredits(GapPart.Rounding, GapCause.NanoCredits, beyond);
        var refunded = cluster.Charges
            .Where(charge => charge.GrossNanoCredits < 0)
            .Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits));
        var charged = checked(cluster.BilledNanoCredits - refunded);
        if (cluster.Unpriced.Count > 0)
        {
            ExplainUnpriced(checked(charged + refunded - estimated));
            return;
        }

        if (billedTokens is not { } billed || cluster.Model is not { } model)
        {
            NotSeparable(CauseWithoutTokens(), checked(charged + refunded - estimated));
            return;
        }

        if (TokenColumns.Of(billed, cluster.Slices, cluster.IsByKind, PriceOf) is not { } columns)
        {
            NotSeparable(GapCause.UnpricedUsage, checked(charged + refunded - estimated));
            return;
        }

        amounts.Add(GapPart.Price, GapCause.Refund, refunded);
        new TokenDifference(cluster, columns, isFinal, amounts).Explain();
        ExplainPrice(checked(charged - columns.BilledNanoCredits.Sum()));

        decimal? PriceOf(TokenKind kind, long count) => BookedPrice.Of(
            prices, cluster.Charges.First(charge => charge.GrossNanoCredits >= 0), model.Name, Only(kind, count),
            cluster.Slices.All(slice => slice.IsLongContext))?[kind];
    }

    // There is no estimate to be off: what was billed for such usage is a price that the book lacks.
    private void ExplainUnpriced(long nanoCredits)
    {
        var isOurs = cluster.IsExclusive && cluster.BareRuns.Count == 0
            && cluster.Unpriced.Count == cluster.Slices.Count;
        var isEqual = billedTokens is { Total: > 0 } billed
            && TokenColumns.AreNear(billed, cluster.Slices, cluster.IsByKind);
        if (isOurs || isEqual)
        {
            amounts.Add(
                GapPart.Price, GapCause.UnpricedUsage, nanoCredits, cluster.Unpriced.Select(slice => slice.Run.Key));
            return;
        }

        NotSeparable(GapCause.UnpricedUsage, nanoCredits);
    }

    private void NotSeparable(GapCause cause, long nanoCredits)
    {
        List<GapPart> mayHold = [GapPart.TokenKind, GapPart.Price];
        if (!isFinal)
            mayHold.Add(GapPart.Timing);
        if (cluster.BareRuns.Count > 0)
            mayHold.Add(GapPart.Coverage);
        if (!cluster.IsExclusive)
            mayHold.Add(GapPart.OtherUsage);
        var runs = cause == GapCause.UnpricedUsage
            ? cluster.Unpriced.Select(slice => slice.Run.Key) : cluster.BareRuns;
        amounts.Add(GapPart.NotSeparable, cause, nanoCredits, runs, mayHold);
    }

    private GapCause CauseWithoutTokens() =>
        billedTokens is not null ? GapCause.SeveralModels
        : cluster.IsExclusive ? GapCause.NoBilledTokensInExclusiveBucket
        : GapCause.NoBilledTokens;

    // A difference that rounding alone can make is no price.
    private void ExplainPrice(long nanoCredits)
    {
        var rounded = cluster.Charges
            .Where(charge => charge.GrossNanoCredits > 0)
            .Aggregate((long)TokenCounts.Kinds.Count, (sum, charge) => checked(sum + RowRounding.MaxOf(charge)));
        if (Math.Abs(nanoCredits) <= rounded)
            amounts.Add(GapPart.Rounding, GapCause.ProviderRounding, nanoCredits);
        else
            amounts.Add(GapPart.Price, GapCause.UnitPrice, nanoCredits);
    }

    /// <summary>The exact estimate of slices; null when none is priced.</summary>
    public static decimal? EstimatedAiCredits(IEnumerable<PricedSlice> slices) => slices
        .Select(slice => slice.EstimatedAiCredits?.Total)
        .Aggregate((decimal?)null, (sum, part) => part is null ? sum : (sum ?? 0) + part);

    /// <summary>The estimate as the reconciler has it: each kind of each slice cut to whole nano-credits.</summary>
    public static long EstimatedNanoCredits(IEnumerable<PricedSlice> slices)
    {
        var sum = 0L;
        foreach (var slice in slices)
        {
            if (slice.EstimatedAiCredits is not { } estimate)
                continue;
            foreach (var kind in TokenCounts.Kinds)
                sum = checked(sum + AiCredits.TruncateToNanoCredits(estimate[kind]));
        }

        return sum;
    }

    private static TokenCounts Only(TokenKind kind, long count) => kind switch
    {
        TokenKind.Input => new TokenCounts(count, 0, 0),
        TokenKind.Output => new TokenCounts(0, count, 0),
        TokenKind.CacheRead => new TokenCounts(0, 0, count),
        TokenKind.CacheWrite5m => new TokenCounts(0, 0, 0, count),
        _ => new TokenCounts(0, 0, 0, 0, count),
    };
}
