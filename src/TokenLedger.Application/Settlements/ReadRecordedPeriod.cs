using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Settlements;

/// <summary>Tells what the ledger had recorded by a time. Revisions are read; nothing is computed again.</summary>
/// <remarks>
/// A revision stays as it was recorded, so the same question has the same answer for ever, whatever bills and runs
/// came later.
/// </remarks>
public sealed class ReadRecordedPeriod(ILedgerStore store, IDayLedger days, LedgerConfiguration configuration)
{
    /// <summary>The newest revision of each account and day that was recorded before a time.</summary>
    /// <param name="scope">Whose days.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="before">Exclusive, UTC.</param>
    /// <param name="cancellation">Ends between days.</param>
    /// <returns>The period, without days when nothing was recorded; null when the scope has no account.</returns>
    public async Task<RecordedPeriod?> ExecuteAsync(
        ReconciliationScope scope, DateOnly from, DateOnly to, DateTimeOffset before, CancellationToken cancellation)
    {
        var looks = await store.ReadObservationsAsync(null, from, to, cancellation).ToListAsync(cancellation);
        var accounts = AccountsOf(scope, looks);
        if (accounts.Count == 0)
            return null;
        // What of an enterprise's bill is an organisation's was never recorded by itself.
        if (scope.Kind == ScopeKind.Organization
            && accounts.FirstOrDefault(account => account.Kind == BillingAccountKind.Enterprise) is { } outer)
            return new RecordedPeriod(from, to, before, []) { Outer = outer };
        var newest = new SortedDictionary<(DateOnly, BillingAccount), DayHead>();
        await foreach (var head in days.ReadRevisionsAsync(null, from, to, cancellation))
        {
            if (head.ReconciledAt < before && accounts.Contains(head.Settlement.Account))
                newest[(head.Settlement.Day, head.Settlement.Account)] = head;
        }

        // Every look is kept for ever, so each charge that was split then is there.
        var usage = looks
            .SelectMany(look => look.Charges)
            .Where(charge => string.Equals(Components.Of(charge.Family), Components.AiUsage, StringComparison.Ordinal))
            .Select(charge => charge.Id)
            .ToHashSet(StringComparer.Ordinal);
        var recorded = new List<RecordedDay>();
        foreach (var head in newest.Values)
        {
            recorded.Add(new RecordedDay(
                head,
                await days.ReadSharesAsync(head, cancellation)
                    .Where(share => IsOf(usage, share.ChargeId)).ToListAsync(cancellation),
                await days.ReadUnallocatedAsync(head, cancellation)
                    .Where(part => IsOf(usage, part.ChargeId)).ToListAsync(cancellation)));
        }

        return new RecordedPeriod(from, to, before, recorded);
    }

    // What is left of a total when its users' rows are taken away bears the total's id and a suffix.
    private static bool IsOf(HashSet<string> usage, string chargeId) => usage.Contains(chargeId)
        || (chargeId.LastIndexOf('-') is var end and > 0 && usage.Contains(chargeId[..end]));

    private HashSet<BillingAccount> AccountsOf(ReconciliationScope scope, IReadOnlyList<Observation> looks)
    {
        var accounts = new ScopeMembers(scope, configuration, looks).Accounts.ToHashSet();
        // Usage whose bill has not been seen stands under the organisation's own name.
        if (scope.Kind == ScopeKind.Organization)
            accounts.Add(new BillingAccount(BillingAccount.GitHub, BillingAccountKind.Organization, scope.Name));
        return accounts;
    }
}
