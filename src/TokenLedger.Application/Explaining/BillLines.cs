using TokenLedger.Application.Days;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Explaining;

/// <summary>The lines of one account and day that charge ids name, of every look that is kept.</summary>
internal sealed class BillLines
{
    private readonly Dictionary<string, Charge> counted;
    private readonly Dictionary<string, Charge> others;

    /// <param name="looks">All looks at the account's day.</param>
    public BillLines(IReadOnlyList<Observation> looks)
    {
        var inForce = BillsInForce.Of(looks, ReconciliationScope.WholeLedger);
        counted = DayReconciler.CountedCharges(inForce).ToDictionary(charge => charge.Id, StringComparer.Ordinal);
        others = looks
            .OrderByDescending(look => look.ObservedAt)
            .SelectMany(look => look.Charges)
            .Where(charge => !counted.ContainsKey(charge.Id))
            .DistinctBy(charge => charge.Id, StringComparer.Ordinal)
            .ToDictionary(charge => charge.Id, StringComparer.Ordinal);
    }

    /// <summary>The lines whose money counts as the bill is known now.</summary>
    public IEnumerable<Charge> Counted => counted.Values;

    /// <summary>The line as it was seen last; null when no look that is kept shows it.</summary>
    public Charge? Find(string id) => counted.GetValueOrDefault(id) ?? others.GetValueOrDefault(id);

    /// <summary>Whether a line's money counts, or only checks money that counts elsewhere.</summary>
    public bool Counts(string id) => counted.ContainsKey(id);

    /// <summary>Whether the bill is known to be another one than the one that was split.</summary>
    public bool HaveChangedSince(DayHead head) =>
        head.Totals.BilledGrossNanoCredits is not null
        && head.Change.BillHash.Length > 0
        && !string.Equals(head.Change.BillHash, DayDigest.OfBill(counted.Values), StringComparison.Ordinal);
}
