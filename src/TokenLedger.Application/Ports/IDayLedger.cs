using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Ports;

/// <summary>The reconciled days: shares, unallocated parts, settlements and daily costs.</summary>
/// <remarks>
/// A day's rows belong to a revision, and the head row, written last by compare-and-set, says which revision counts.
/// Rows and heads of earlier revisions stay; daily costs are those of the newest alone. The process may be killed at
/// any instruction: storing the same day again ends in the same rows.
/// </remarks>
public interface IDayLedger
{
    /// <summary>The head of an account's day; null when it was never reconciled.</summary>
    Task<DayHead?> FindAsync(BillingAccount account, DateOnly day, CancellationToken cancellation);

    /// <summary>Stores a day under the next revision.</summary>
    /// <returns>
    /// False when the head has the same input hash and its daily costs are complete, or another revision than the day
    /// was based on: nothing was written.
    /// </returns>
    Task<bool> StoreAsync(ReconciledDay day, CancellationToken cancellation);

    /// <summary>The heads of days, ordered by day, then account key.</summary>
    /// <param name="account">The wallet; null for every account.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="cancellation">Ends the walk.</param>
    IAsyncEnumerable<DayHead> ReadAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation);

    /// <summary>
    /// The heads of days' revisions, ordered by day, account key, then revision: the newest, and earlier ones of which
    /// a bill had been seen.
    /// </summary>
    /// <param name="account">The wallet; null for every account.</param>
    /// <param name="from">The first UTC day, inclusive.</param>
    /// <param name="to">The last UTC day, exclusive.</param>
    /// <param name="cancellation">Ends the walk.</param>
    IAsyncEnumerable<DayHead> ReadRevisionsAsync(
        BillingAccount? account, DateOnly from, DateOnly to, CancellationToken cancellation);

    /// <summary>The shares of one revision, ordered by charge, then slice.</summary>
    IAsyncEnumerable<ShareRow> ReadSharesAsync(DayHead revision, CancellationToken cancellation);

    /// <summary>The unallocated parts of one revision, ordered by charge, then reason.</summary>
    IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(DayHead revision, CancellationToken cancellation);

    /// <summary>The shares of a day's newest revision, ordered by charge, then slice.</summary>
    /// <param name="account">The wallet.</param>
    /// <param name="day">The UTC day.</param>
    /// <param name="run">Only those of this run, all attempts of it; null for all.</param>
    /// <param name="cancellation">Ends the walk.</param>
    IAsyncEnumerable<ShareRow> ReadSharesAsync(
        BillingAccount account, DateOnly day, (string Host, long RunId)? run, CancellationToken cancellation);

    /// <summary>The unallocated parts of a day's newest revision, ordered by charge, then reason.</summary>
    IAsyncEnumerable<UnallocatedRow> ReadUnallocatedAsync(
        BillingAccount account, DateOnly day, CancellationToken cancellation);

    /// <summary>Daily costs, ordered by day, account and the row's own key.</summary>
    IAsyncEnumerable<DailyCostRow> ReadDailyCostsAsync(DateOnly from, DateOnly to, CancellationToken cancellation);
}
