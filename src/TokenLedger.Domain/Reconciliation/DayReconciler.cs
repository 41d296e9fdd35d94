namespace TokenLedger.Domain.Reconciliation;

/// <summary>Splits the bill of one account and UTC day over the slices of that day. Pure.</summary>
public static class DayReconciler
{
    /// <summary>The reconciliation of one day.</summary>
    public static DayReconciliation Reconcile(AccountDay day) => throw new NotSupportedException(day.Account.Key);
}
