using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>The billed tokens of a day's buckets, also where the bill's amounts do not fit the booked prices.</summary>
/// <remarks>
/// Shares of a bill stand on <see cref="BilledTokenConvention"/>, which believes in columns only where they reproduce
/// the money. A gap is asked for most when they do not. Then the reading of the columns (whether the input holds the
/// cached tokens) is told by, in this order and only where all of them agree:
/// rows that one reading alone can hold; rows that one reading alone prices within 1 %; buckets whose tokens equal
/// ours under one reading alone. Rows without cached tokens read alike either way.
/// </remarks>
internal sealed class BilledTokenReading
{
    private const decimal ToleranceFraction = 0.01m;

    private readonly IReadOnlyDictionary<string, TokenCounts> counts;
    private readonly bool? isInclusive;
    private readonly BilledTokenCounts ofOneKind;

    private BilledTokenReading(
        IReadOnlyDictionary<string, TokenCounts> counts, bool? isInclusive, BilledTokenCounts ofOneKind)
    {
        this.counts = counts;
        this.isInclusive = isInclusive;
        this.ofOneKind = ofOneKind;
    }

    public static BilledTokenReading Of(
        IReadOnlyList<Charge> charges,
        IReadOnlyList<(Bucket Bucket, IReadOnlyList<PricedSlice> Slices)> buckets,
        BilledTokenCounts ofOneKind,
        PriceBook prices)
    {
        var known = BilledTokenConvention.Read(charges, prices);
        if (known.Count > 0)
            return new BilledTokenReading(known, null, ofOneKind);
        var rows = charges.Where(charge => charge.Tokens is not null && charge.GrossNanoCredits > 0).ToList();
        if (rows.Exists(row => Counts(row.Tokens!, isInclusive: true) is null))
            return new BilledTokenReading(known, isInclusive: false, ofOneKind);
        bool?[] votes =
        [
            .. rows.Select(row => OnlyOne(reading => IsPriced(row, reading, prices))),
            .. buckets.Select(pair => OnlyOne(reading => AreOurs(pair.Bucket, pair.Slices, reading))),
        ];
        var told = votes.OfType<bool>().Distinct().ToList();
        return new BilledTokenReading(known, told.Count == 1 ? told[0] : null, ofOneKind);
    }

    /// <summary>
    /// The tokens of buckets' charges, refunds apart; null when they are not known of each, or all are refunds.
    /// </summary>
    public TokenCounts? Of(IReadOnlyList<Bucket> buckets)
    {
        TokenCounts? sum = null;
        foreach (var bucket in buckets.Where(bucket => bucket.Charges.Any(charge => charge.GrossNanoCredits >= 0)))
        {
            if (Of(bucket) is not { } own)
                return null;
            sum = (sum ?? default) + own;
        }

        return sum;
    }

    private TokenCounts? Of(Bucket bucket)
    {
        if (bucket.Dimensions.TokenKind is not null)
            return ofOneKind.Of(bucket);
        TokenCounts? sum = null;
        foreach (var charge in bucket.Charges.Where(charge => charge.GrossNanoCredits >= 0))
        {
            if (CountsOf(charge) is not { } own)
                return null;
            sum = (sum ?? default) + own;
        }

        return sum;
    }

    private TokenCounts? CountsOf(Charge charge)
    {
        if (counts.TryGetValue(charge.Id, out var known))
            return known;
        if (charge.Tokens is not { } tokens)
            return null;
        if (isInclusive is { } reading)
            return Counts(tokens, reading);
        return tokens is { CacheRead: 0, CacheWrite: 0 } ? Counts(tokens, isInclusive: false) : null;
    }

    private static bool? OnlyOne(Func<bool, bool> fits)
    {
        var isExclusiveFit = fits(false);
        return isExclusiveFit == fits(true) ? null : !isExclusiveFit;
    }

    private static bool IsPriced(Charge charge, bool isInclusive, PriceBook prices)
    {
        if (charge.Dimensions.Model.Text is not { } model || Counts(charge.Tokens!, isInclusive) is not { } tokens)
            return false;
        var billed = AiCredits.FromNanoCredits(charge.GrossNanoCredits);
        return BookedPrice.Of(prices, charge, model, tokens, isLong: false) is { } credits
            && Math.Abs(credits.Total - billed) <= billed * ToleranceFraction;
    }

    private static bool AreOurs(Bucket bucket, IReadOnlyList<PricedSlice> slices, bool isInclusive)
    {
        if (slices.Count == 0 || bucket.Dimensions.TokenKind is not null)
            return false;
        var billed = default(TokenCounts);
        foreach (var charge in bucket.Charges.Where(charge => charge.GrossNanoCredits >= 0))
        {
            if (charge.Tokens is not { } tokens || Counts(tokens, isInclusive) is not { } own)
                return false;
            billed += own;
        }

        var ours = slices.Aggregate(default(TokenCounts), (sum, slice) => sum + slice.Tokens);
        return ours.Total > 0
            && TokenColumns.IsNear(billed.Input, ours.Input)
            && TokenColumns.IsNear(billed.Output, ours.Output)
            && TokenColumns.IsNear(billed.CacheRead, ours.CacheRead);
    }

    private static TokenCounts? Counts(BilledTokens tokens, bool isInclusive)
    {
        var fresh = isInclusive ? tokens.Input - tokens.CacheRead - tokens.CacheWrite : tokens.Input;
        return fresh < 0 ? null : new TokenCounts(fresh, tokens.Output, tokens.CacheRead, tokens.CacheWrite);
    }
}
