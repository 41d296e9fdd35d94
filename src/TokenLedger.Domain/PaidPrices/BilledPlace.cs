using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>The last decimal place to which a view's amounts are given.</summary>
internal static class BilledPlace
{
    // A bill that shows nothing finer than a cent may have been rounded to one.
    private const long CoarsestNanoCredits = AiCredits.NanoCreditsPerCredit;

    /// <summary>One unit of the finest place that any of the charges uses, in US dollars; a cent at most.</summary>
    public static decimal OfUsd(IEnumerable<Charge> charges)
    {
        var place = CoarsestNanoCredits;
        foreach (var charge in charges)
        {
            while (place > 1 && charge.GrossNanoCredits % place != 0)
                place /= 10;
        }

        return AiCredits.UsdFromNanoCredits(place);
    }
}
