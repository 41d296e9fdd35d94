using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Testing.InMemory;

/// <summary>Reconciled days with every revision of them. One writer at a time, so nobody is overtaken.</summary>
public sealed class InMemoryDayLedger(KillSwitch? kill = null) : IDayLedger
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<(DateOnly Day, string AccountKey), List<ReconciledDay>> days = [];

    /// <summary>How many revisions were stored.</summary>
    public int Writes { get; private set; }

    /// <inheritdoc/>
    public Task<DayHead?> FindAsync(BillingAccount account, DateOnly day, CancellationToken cancellation)
    {
        Begin(cancellation);
        lock (gate)
            return Task.FromResult(days.TryGetValue((day, account.Key), out var revisions) ? Head(revisions) : null);
    }

    /// <inheritdoc/>
    public Task<bool> StoreAsync(ReconciledDay day, CancellationToken cancellation)
    {
        Begin(cancellation);
        lock (gate)
        {
            var key = (day.Settlement.Day, day.Settlement.Account.Key);
            if (!days.TryGetValue(key, out var revisions))
                days.Add(key, revisions = []);
            if (revisions.Count > 0 && string.Equals(revisions[^1].InputHash, day.InputHash, StringComparison.Ordinal))
                return Task.FromResult(false);
            if (!day.IsBasedOn(revisions.Count))
                return Task.FromResult(false);
            revisions.Add(day);
            Writes++;
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<DayHead> ReadAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        Begin(cancellation);
        lock (gate)
        {
            return days
                .Where(pair => pair.Key.Day >= from && pair.Key.Day < to
                    && (account is null || string.Equals(pair.Key.AccountKey, account.Key, StringComparison.Ordinal)))
                .Select(pair => Head(pair.Value))
                .ToList()
                .ToAsyncEnumerable();
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<DayHead> ReadRevisionsAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        Begin(cancellation);
        lock (gate)
        {
            return days
                .Where(pair => pair.Key.Day >= from && pair.Key.Day < to
                    && (account is null || string.Equals(pair.Key.AccountKey, account.Key, StringComparison.Ordinal)))
                .SelectMany(pair => pair.Value
                    .Select((_, index) => Head(pair.Value, index))
                    .Where(head => head.Totals.BilledGrossNanoCredits is not null
                        || head.Revision == pair.Value.Count))
                .ToList()
                .ToAsyncEnumerable();
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ShareRow> ReadSharesAsync(DayHead revision, CancellationToken cancellation)
    {
        Begin(cancellation);
        return Of(revision).SelectMany(day => day.Shares).ToList().ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(DayHead revision, CancellationToken cancellation)
    {
        Begin(cancellation);
        return Of(revision).SelectMany(day => day.Unallocated).ToList().ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ShareRow> ReadSharesAsync(
        BillingAccount account, DateOnly day, (string Host, long RunId)? run, CancellationToken cancellation)
    {
        Begin(cancellation);
        return Newest(account, day)
            .SelectMany(newest => newest.Shares)
            .Where(share => run is not { } only || (share.Run.Host == only.Host && share.Run.RunId == only.RunId))
            .ToList()
            .ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(
        BillingAccount account, DateOnly day, CancellationToken cancellation)
    {
        Begin(cancellation);
        return Newest(account, day).SelectMany(newest => newest.Unallocated).ToList().ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<DailyCostRow> ReadDailyCostsAsync(
        DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        Begin(cancellation);
        lock (gate)
        {
            return days
                .Where(pair => pair.Key.Day >= from && pair.Key.Day < to)
                .SelectMany(pair => pair.Value[^1].DailyCosts)
                .ToList()
                .ToAsyncEnumerable();
        }
    }

    private static DayHead Head(List<ReconciledDay> revisions) => Head(revisions, revisions.Count - 1);

    private static DayHead Head(List<ReconciledDay> revisions, int index) => new(
        revisions[index].Settlement, index + 1, revisions[index].InputHash, revisions[index].ReconciledAt,
        revisions[index].Totals)
    {
        Change = revisions[index].Change,
    };

    private IEnumerable<ReconciledDay> Of(DayHead head)
    {
        lock (gate)
        {
            return days.TryGetValue((head.Settlement.Day, head.Settlement.Account.Key), out var revisions)
                && head.Revision <= revisions.Count
                    ? [revisions[(int)head.Revision - 1]]
                    : [];
        }
    }

    private IEnumerable<ReconciledDay> Newest(BillingAccount account, DateOnly day)
    {
        lock (gate)
            return days.TryGetValue((day, account.Key), out var revisions) ? [revisions[^1]] : [];
    }

    private void Begin(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
    }
}
