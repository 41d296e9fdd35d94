using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Reconciling;

/// <summary>Which looks at which accounts count on each day of a period.</summary>
internal sealed class PeriodBills(ReconciliationScope scope, ScopeMembers members, IReadOnlyList<Observation> looks)
{
    private readonly ILookup<(DateOnly Day, BillingAccount Account), Observation> looksByDay =
        looks.ToLookup(look => (look.Day, look.Account));

    /// <summary>All looks at an account's day, superseded ones too.</summary>
    public IEnumerable<Observation> LooksAt(BillingAccount account, DateOnly day) => looksByDay[(day, account)];

    /// <summary>The looks that count on a day, by account, in order of their keys; empty where none is known.</summary>
    public SortedDictionary<BillingAccount, IReadOnlyList<Observation>> On(DateOnly day)
    {
        var bills = new SortedDictionary<BillingAccount, IReadOnlyList<Observation>>();
        foreach (var account in members.Accounts)
            bills[account] = BillsInForce.Of(looksByDay[(day, account)], scope);
        // One wallet: on a day that the enterprise's bill shows, its organisations' own bills show the same money.
        foreach (var outer in bills.Where(
            bill => bill.Key.Kind == BillingAccountKind.Enterprise && bill.Value.Count > 0).ToList())
        {
            foreach (var inner in bills.Keys.Where(account => members.IsWithin(account, outer.Key)).ToList())
                bills.Remove(inner);
        }

        // An outer wallet that says nothing on the day takes no usage from the inner one that does.
        foreach (var silent in bills.Where(bill => bill.Value.Count == 0 && IsOutranked(bill.Key, bills)).ToList())
            bills.Remove(silent.Key);
        return bills;
    }

    private bool IsOutranked(
        BillingAccount account, SortedDictionary<BillingAccount, IReadOnlyList<Observation>> bills) =>
        account.Kind == BillingAccountKind.Enterprise
        && bills.Any(bill => bill.Value.Count > 0 && members.IsWithin(bill.Key, account));
}
