using TokenLedger.Domain.Charges;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// Puts answers together that were asked for part by part and are the whole bill only together: an enterprise's usage
/// is told for each cost centre, and for what has none, by itself.
/// </summary>
/// <remarks>A bill of which a part is missing would be too small, so its parts are then kept as parts.</remarks>
internal sealed class BillParts
{
    private readonly Dictionary<(BillingAccount, BillView, DateOnly), (int Expected, Dictionary<string, DayBill?> Read)>
        wholes = [];

    /// <summary>Adds a part.</summary>
    /// <param name="whole">What it is a part of.</param>
    /// <param name="expected">How many parts there are.</param>
    /// <param name="filter">What this one was filtered by.</param>
    /// <param name="bills">Its day; none when every row was rejected.</param>
    public void Add(
        (BillingAccount Account, BillView View, DateOnly Day) whole, int expected, string filter,
        IEnumerable<DayBill> bills)
    {
        if (!wholes.TryGetValue(whole, out var known))
            wholes[whole] = known = (expected, new Dictionary<string, DayBill?>(StringComparer.Ordinal));
        known.Read[filter] = bills.SingleOrDefault();
    }

    /// <summary>The days, whole where nothing is missing.</summary>
    public IEnumerable<DayBill> ToDays(BillLog log)
    {
        foreach (var ((account, view, day), (expected, read)) in wholes)
        {
            var bills = read.Values.OfType<DayBill>().ToList();
            if (read.Count == expected && bills.Count > 0)
            {
                yield return Whole(account, view, day, bills);
                continue;
            }

            log.Notice("bill-in-parts", $"Of {ShownText.Of(day)} the file has not every part that it tells of: what it "
                + "has is kept as parts of the bill. Fetch the day again.");
            foreach (var bill in bills)
                yield return bill;
        }
    }

    // The parts' own filters stand in the charges' ids, so that equal rows of two cost centres are two charges.
    private static DayBill Whole(BillingAccount account, BillView view, DateOnly day, IEnumerable<DayBill> parts)
    {
        var charges = parts.SelectMany(part => part.Charges).OrderBy(charge => charge.Id, StringComparer.Ordinal)
            .ToList();
        return new DayBill(account, view, day, "", ChargeIdentity.ContentHashOf(charges), charges);
    }
}
