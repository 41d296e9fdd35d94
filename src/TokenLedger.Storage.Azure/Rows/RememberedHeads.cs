using System.Collections.Concurrent;

namespace TokenLedger.Storage.Azure.Rows;

/// <summary>
/// Heads that this process read or wrote last, so that a write right after it need not read them again.
/// </summary>
/// <remarks>
/// Only to write by compare-and-set: what has changed meanwhile costs a turn. Nothing is told by it.
/// </remarks>
internal sealed class RememberedHeads<TKey, THead>
    where TKey : notnull
    where THead : class
{
    // More than a process works on at once.
    private const int HeadsMax = 256;

    private readonly ConcurrentDictionary<TKey, THead?> heads = new();

    public void Set(TKey key, THead? head)
    {
        if (heads.Count >= HeadsMax)
            heads.Clear();
        heads[key] = head;
    }

    public THead? Find(TKey key) => heads.GetValueOrDefault(key);

    /// <summary>Whether a head is remembered, for one use; it may be that there was none.</summary>
    public bool TryTake(TKey key, out THead? head) => heads.TryRemove(key, out head);
}
