namespace TokenLedger.Storage.Azure.Runs;

/// <summary>
/// The head that this process read or wrote last, so that a write right after it need not read it again.
/// </summary>
/// <remarks>
/// Only to write by compare-and-set: what has changed meanwhile costs a turn. Nothing is told by it.
/// </remarks>
internal sealed class RememberedHead
{
    private volatile Memory? last;

    public void Set(string host, long runId, RunHead? head) => last = new Memory(host, runId, head);

    /// <summary>Whether the run's head is remembered; it may be that there was none.</summary>
    public bool TryTake(string host, long runId, out RunHead? head)
    {
        var taken = last;
        last = null;
        head = taken?.Head;
        return taken is not null && taken.RunId == runId
            && string.Equals(taken.Host, host, StringComparison.Ordinal);
    }

    private sealed record Memory(string Host, long RunId, RunHead? Head);
}
