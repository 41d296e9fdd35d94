using System.Collections.Concurrent;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Storage.Azure.Days;

/// <summary>The heads of a whole day as they were read: an account that is not among them had none.</summary>
internal sealed class RememberedDay(IEnumerable<StoredDay> read)
{
    // Null: taken.
    private readonly ConcurrentDictionary<BillingAccount, StoredDay?> heads = new(
        read.Select(head => KeyValuePair.Create(head.Head.Settlement.Account, (StoredDay?)head)));

    /// <summary>Whether an account's head is remembered, for one use; it may be that there was none.</summary>
    public bool TryTake(BillingAccount account, out StoredDay? head)
    {
        if (heads.TryAdd(account, null))
        {
            head = null;
            return true;
        }

        return heads.TryGetValue(account, out head) && head is not null && heads.TryUpdate(account, null, head);
    }
}
