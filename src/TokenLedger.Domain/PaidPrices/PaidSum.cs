using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>Rows that add all token kinds up: their sum beside what the book says of their token columns.</summary>
/// <remarks>
/// Four unit prices cannot be solved from one sum. Whether the input column holds the cached tokens is not documented
/// (<see cref="BilledTokens"/>), so a sum contradicts the book only where neither reading of the columns reproduces it,
/// in no band and for no lifetime of a cache write; what it is off by is then the nearer reading's.
/// </remarks>
internal static class PaidSum
{
    private static readonly bool[] Readings = [false, true];

    public static PaidAmount? Of(
        PaidPriceKey key, DateOnly day, IReadOnlyList<Charge> rowsOfKey, Dictionary<BillView, decimal> placeUsd,
        PriceBook prices)
    {
        // A refund leaves open what was paid. A row without token columns says nothing, and the others speak for
        // themselves.
        var charges = rowsOfKey.Where(charge => charge.Tokens is not null).ToList();
        if (charges.Count == 0 || rowsOfKey.Any(charge => charge.GrossNanoCredits < 0))
            return null;
        var gross = AiCredits.UsdFromNanoCredits(
            charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits)));
        var counts = Readings.Select(reading => Sum(charges, reading)).OfType<TokenCounts>().ToList();
        if (counts.Count == 0 || counts[0].Total == 0)
            return null;
        var amount = new PaidAmount
        {
            Key = key,
            Day = day,
            Tokens = counts[0].Total,
            GrossUsd = gross,
            RoundingUsd = charges.Sum(charge => placeUsd[charge.View]),
            IsCountedBeside = false,
        };
        var rows = BandRows.On(prices, key, day, out var reason);
        if (rows.Count == 0)
            return amount with { Unbooked = reason };
        var factor = BandRows.UsdPerTokenAtOneUsdPerMillion
            * prices.FactorOn(key.Channel, day, key.IsAutoSelected);
        (PaidAmount Amount, decimal Distance)? nearest = null;
        foreach (var tokens in counts)
        {
            if (Booked(rows, tokens, factor) is not { } booked)
                return amount with { Unbooked = UnpricedReason.NoPriceForKind };
            var distance = booked.DistanceTo(gross);
            if (nearest is null || distance < nearest.Value.Distance)
                nearest = (amount with { Tokens = tokens.Total, Booked = booked }, distance);
        }

        return nearest!.Value.Amount;
    }

    private static BookedAmount? Booked(IReadOnlyList<PriceRow> rows, TokenCounts tokens, decimal factor)
    {
        BookedAmount? range = null;
        foreach (var row in rows)
        {
            if (Price(row.UsdPerMillionTokens, tokens) is not { } sum)
                return null;
            var booked = new BookedAmount(row, row, sum.Low * factor, sum.High * factor);
            range = range is not { } wider ? booked : new BookedAmount(
                booked.LowUsd < wider.LowUsd ? row : wider.Low,
                booked.HighUsd > wider.HighUsd ? row : wider.High,
                Math.Min(booked.LowUsd, wider.LowUsd),
                Math.Max(booked.HighUsd, wider.HighUsd));
        }

        return range;
    }

    // The column of writes holds those of every lifetime.
    private static (decimal Low, decimal High)? Price(UnitPrices prices, TokenCounts tokens)
    {
        var sum = 0m;
        foreach (var kind in (TokenKind[])[TokenKind.Input, TokenKind.Output, TokenKind.CacheRead])
        {
            if (tokens[kind] > 0 && prices[kind] is null)
                return null;
            sum += tokens[kind] * (prices[kind] ?? 0m);
        }

        if (tokens.CacheWrite == 0)
            return (sum, sum);
        if ((prices.CacheWrite5m ?? prices.CacheWrite1h) is not { } one)
            return null;
        var other = prices.CacheWrite1h ?? one;
        return (sum + (tokens.CacheWrite * Math.Min(one, other)), sum + (tokens.CacheWrite * Math.Max(one, other)));
    }

    private static TokenCounts? Sum(IEnumerable<Charge> charges, bool isInclusive)
    {
        var sum = default(TokenCounts);
        foreach (var charge in charges)
        {
            var tokens = charge.Tokens!;
            var fresh = isInclusive ? tokens.Input - tokens.CacheRead - tokens.CacheWrite : tokens.Input;
            if (fresh < 0)
                return null;
            sum += new TokenCounts(fresh, tokens.Output, tokens.CacheRead, tokens.CacheWrite);
        }

        return sum;
    }
}
