using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>What a day's bill was paid for each price that it shows, beside what the book says.</summary>
internal static class PaidAmounts
{
    public static IEnumerable<PaidAmount> In(WatchedDay watched, PriceBook prices)
    {
        var day = watched.Day;
        var usage = day.Charges
            .Where(row => row.Role == ChargeRole.Basis)
            .Select(row => row.Charge)
            .Where(charge => charge is
            {
                Category: ChargeCategory.AgentOrPeople,
                Family: SkuFamily.Tokens or SkuFamily.AiCredits,
                Dimensions.Model.State: DimensionState.Value,
            })
            .ToList();
        var placeUsd = usage.ToLookup(charge => charge.View)
            .ToDictionary(view => view.Key, view => BilledPlace.OfUsd(view));
        // Only kinds have counts of their own, and most bills have none.
        var kinds = usage.Where(charge => charge.Dimensions.TokenKind is not null && TellsTier(charge)).ToList();
        var counts = kinds.Count == 0 ? null : BilledTokenCounts.Of(day.Charges, prices);
        var ofKinds = Bucket.Of(kinds)
            .Select(bucket => OfKind(bucket, counts!, watched, placeUsd, prices))
            .OfType<PaidAmount>();
        var ofSums = usage
            .Where(charge => charge.Dimensions.TokenKind is null)
            .GroupBy(charge => KeyOf(charge, prices))
            .Select(group => PaidSum.Of(group.Key, day.Day, [.. group], placeUsd, prices))
            .OfType<PaidAmount>();
        return ofKinds
            .Concat(ofSums)
            .GroupBy(amount => amount.Key)
            .Select(group => group.Aggregate((sum, part) => sum.With(part)))
            .Select(amount => amount.Unbooked is null ? amount : amount with { Booked = null });
    }

    public static PaidPriceKey KeyOf(Charge charge, PriceBook prices) => new(
        charge.Account,
        charge.Channel,
        prices.Names.Normalise(charge.Dimensions.Model.Text).Canonical,
        charge.Dimensions.TokenKind,
        charge.IsAutoSelected,
        charge.Dimensions.ContextBand.Text);

    private static PaidAmount? OfKind(
        Bucket bucket, BilledTokenCounts counts, WatchedDay watched, Dictionary<BillView, decimal> placeUsd,
        PriceBook prices)
    {
        var first = bucket.Charges[0];
        var kind = bucket.Dimensions.TokenKind!.Value;
        var isBeside = bucket.Charges.Any(charge => BilledTokenCounts.QuantityOf(charge) is null);
        // A refund leaves open which tokens were paid for, and two selections have two prices. Without a tier the
        // counts of every tier would be taken.
        if (bucket.Charges.Any(charge => charge.GrossNanoCredits < 0 || charge.IsAutoSelected != first.IsAutoSelected)
            || (isBeside && !(watched.IsSettled && bucket.Dimensions.ServiceTier.IsNamed))
            || counts.Of(bucket)?[kind] is not (> 0 and { } tokens))
            return null;
        var key = KeyOf(first, prices);
        var amount = new PaidAmount
        {
            Key = key,
            Day = watched.Day.Day,
            Tokens = tokens,
            GrossUsd = AiCredits.UsdFromNanoCredits(bucket.BilledNanoCredits),
            RoundingUsd = bucket.Charges.Sum(charge => placeUsd[charge.View]),
            IsCountedBeside = isBeside,
        };
        var rows = BandRows.On(prices, key, watched.Day.Day, out var reason);
        if (rows.Count == 0)
            return amount with { Unbooked = reason };
        if (rows.All(row => row.UsdPerMillionTokens[kind] is null))
            return amount with { Unbooked = UnpricedReason.NoPriceForKind };
        // With the price of one band unknown, nothing is outside of all bands.
        if (rows.Any(row => row.UsdPerMillionTokens[kind] is null))
            return null;
        var factor = BandRows.UsdPerTokenAtOneUsdPerMillion
            * prices.FactorOn(key.Channel, watched.Day.Day, key.IsAutoSelected);
        var low = rows.MinBy(row => row.UsdPerMillionTokens[kind])!;
        var high = rows.MaxBy(row => row.UsdPerMillionTokens[kind])!;
        return amount with
        {
            Booked = new BookedAmount(
                low, high,
                tokens * low.UsdPerMillionTokens[kind]!.Value * factor,
                tokens * high.UsdPerMillionTokens[kind]!.Value * factor),
        };
    }

    // The book has prices of the standard tier alone. Copilot has no tiers; OpenAI's line items name every other one.
    private static bool TellsTier(Charge charge) => charge.Dimensions.ServiceTier switch
    {
        { State: DimensionState.Value, Text: UsageSlice.StandardTier or "default" } => true,
        { State: DimensionState.NotNamed } =>
            charge.Channel == Channel.Copilot || charge.View == BillView.OrganizationCosts,
        _ => false,
    };
}
