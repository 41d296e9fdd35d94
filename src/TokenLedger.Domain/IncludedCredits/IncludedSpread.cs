using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Domain.IncludedCredits;

/// <summary>
/// Spreads what is included over a month's charges pro rata to their gross, so that the first runs of a month are not
/// free and the last ones do not pay for all.
/// </summary>
public static class IncludedSpread
{
    /// <summary>The net of each charge by its id; null when the net of one of them is unknown.</summary>
    /// <remarks>
    /// The nets add up to what they added up to. Refunds, and charges of nothing, keep their own.
    /// </remarks>
    /// <param name="charges">The charges of one pool and month, each once, in any order.</param>
    public static IReadOnlyDictionary<string, long>? NetsOf(IEnumerable<Charge> charges)
    {
        var ordered = charges.OrderBy(charge => charge.Id, StringComparer.Ordinal).ToList();
        if (ordered.Exists(charge => charge.NetNanoCredits is null))
            return null;
        var nets = ordered.ToDictionary(
            charge => charge.Id, charge => charge.NetNanoCredits!.Value, StringComparer.Ordinal);
        var spread = ordered.FindAll(charge => charge.GrossNanoCredits > 0);
        if (spread.Count == 0)
            return nets;
        var total = spread.Aggregate(0L, (sum, charge) => checked(sum + charge.NetNanoCredits!.Value));
        var parts = LargestRemainder.Split(total, spread.ConvertAll(charge => charge.GrossNanoCredits).ToArray());
        for (var i = 0; i < spread.Count; i++)
            nets[spread[i].Id] = parts[i];
        return nets;
    }
}
