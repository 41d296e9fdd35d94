using TokenLedger.Domain.Pricing;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>Finds where bills contradict the price book, and since when. Pure.</summary>
/// <remarks>
/// 1. Each day's basis charges and counts of tokens become amounts, one for each price they can mean
///    (<see cref="PaidAmounts"/>).
/// 2. An amount contradicts where it is off by more than one unit of each row's last place and half a percent.
/// 3. Days in a row that contradict the same booked row with the same paid price are one finding. A day that agrees
///    ends it; a day that is too small to tell does neither.
/// </remarks>
public static class PriceWatch
{
    /// <summary>The findings, ordered by account, channel, model, kind, selection, band and first day.</summary>
    /// <param name="days">The days in any order: at most one of each account and UTC day.</param>
    /// <param name="prices">The book.</param>
    public static IReadOnlyList<PriceFinding> Look(IEnumerable<WatchedDay> days, PriceBook prices) =>
    [
        .. days
            .SelectMany(day => PaidAmounts.In(day, prices))
            .GroupBy(amount => amount.Key)
            .OrderBy(group => group.Key)
            .SelectMany(group => Spans(group.OrderBy(amount => amount.Day)))
            .Select(Finding),
    ];

    private static List<List<PaidAmount>> Spans(IEnumerable<PaidAmount> amounts)
    {
        var spans = new List<List<PaidAmount>>();
        List<PaidAmount>? open = null;
        foreach (var amount in amounts.Where(amount => amount.IsTelling))
        {
            if (!amount.IsContradiction)
                open = null;
            else if (open is not null && GoesOn(open, amount))
                open.Add(amount);
            else
                spans.Add(open = [amount]);
        }

        return spans;
    }

    private static bool GoesOn(List<PaidAmount> span, PaidAmount next)
    {
        if (span[^1].Unbooked != next.Unbooked)
            return false;
        return next.Unbooked is not null
            || (span[^1].Edge?.Row == next.Edge?.Row
                && next.IsAtPriceOf(span.Sum(day => day.GrossUsd), span.Sum(day => day.Weight)));
    }

    private static PriceFinding Finding(List<PaidAmount> span)
    {
        var (key, last) = (span[0].Key, span[^1]);
        var tokens = span.Aggregate(0L, (sum, day) => checked(sum + day.Tokens));
        var billed = span.Sum(day => day.GrossUsd);
        var booked = last.Unbooked is null ? span.Sum(day => day.Edge!.Value.Usd) : (decimal?)null;
        return new PriceFinding
        {
            Code = booked is null ? PriceFindingCode.UnbookedModel : PriceFindingCode.PriceContradictsBook,
            Account = key.Account,
            Channel = key.Channel,
            Model = key.Model,
            Kind = key.Kind,
            IsAutoSelected = key.IsAutoSelected,
            ContextBand = key.ContextBand,
            Unbooked = last.Unbooked,
            BookedRow = last.Edge?.Row,
            BookedUsdPerMillionTokens = key.Kind is null ? null : PerMillion(booked, tokens),
            PaidUsdPerMillionTokens = key.Kind is null ? null : PerMillion(billed, tokens),
            OffPercent = booked is > 0m and { } known ? (Ratio(billed, known) - 1m) * 100m : null,
            Since = span[0].Day,
            Through = last.Day,
            Days = span.Count,
            Tokens = tokens,
            BilledGrossUsd = billed,
            EffectUsd = billed - booked,
            IsCountedBeside = span.Exists(day => day.IsCountedBeside),
        };
    }

    private static decimal? PerMillion(decimal? usd, long tokens) =>
        usd is { } known ? Ratio(known * 1_000_000m, tokens) : null;

    // A statistic for people, no share of money: nothing is made of it.
    private static decimal Ratio(decimal part, decimal whole) => decimal.Divide(part, whole);
}
