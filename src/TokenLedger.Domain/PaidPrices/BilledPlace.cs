using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>The last decimal place to which a view's amounts are given.</summary>
internal static class BilledPlace
{
    // From a cent down: a bill that shows nothing finer may have been rounded to one.
    private static readonly long[] PlacesNanoCredits =
    [
        AiCredits.NanoCreditsPerCredit, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1,
    ];

    /// <summary>One unit of the finest place that any of the charges uses, in US dollars; a cent at most.</summary>
    public static decimal OfUsd(IEnumerable<Charge> charges)
    {
        var place = 0;
        foreach (var charge in charges)
        {
            while (charge.GrossNanoCredits % PlacesNanoCredits[place] != 0)
                place++;
        }

        return AiCredits.UsdFromNanoCredits(PlacesNanoCredits[place]);
    }
}
