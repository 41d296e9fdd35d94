using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Ports;

/// <summary>
/// The ledger's tables. Every write is idempotent and all or nothing; the process may be killed at any instruction.
/// </summary>
/// <remarks>
/// Two processes may use one ledger: writers wait for each other for a bounded time, then fail by name.
/// </remarks>
public interface ILedgerStore : IAsyncDisposable
{
    /// <summary>What is stored of a run; null when nothing is.</summary>
    Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation);

    /// <summary>Stores every row of a run in place of what was known, under a new revision.</summary>
    /// <returns>
    /// What is stored now, with every changed day that nobody has queued yet. Null when the stored run has the same
    /// input hash, or another revision than the fold was based on: nothing was written.
    /// </returns>
    /// <exception cref="RunConflictException">The run id is known under another repository id or name.</exception>
    Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation);

    /// <summary>
    /// Notes that every changed day up to a revision has been queued; a later revision's changed days stay.
    /// </summary>
    Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation);

    /// <summary>Every attempt of a run, in order; empty when the run is unknown.</summary>
    Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation);

    /// <summary>
    /// Runs, in key order, that have slices in the period or started in it, and those without slices that started
    /// less than <see cref="UnseenUsage.Longest"/> before it: of these nobody knows on which day they used tokens.
    /// </summary>
    /// <param name="from">The first UTC day, inclusive; null for no bound.</param>
    /// <param name="to">The last UTC day, exclusive; null for no bound.</param>
    /// <param name="cancellation">Ends the walk.</param>
    /// <returns>Runs with all their slices, those outside the period too.</returns>
    IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation);

    /// <summary>Rejected lines and files of stored runs and bills, in order of source and line.</summary>
    IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation);

    /// <summary>Adds a look at a day of a bill.</summary>
    /// <returns>
    /// False when a look with the same content and time, or the newest look of the same content by the same raw file,
    /// is known: nothing was written.
    /// </returns>
    Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation);

    /// <summary>
    /// Keeps what could not be read of a bill file, in place of what an earlier import of the same raw file left.
    /// </summary>
    Task StoreBillProblemsAsync(string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation);

    /// <summary>All looks at an account's days, superseded ones too, ordered by day, view, filter and time.</summary>
    /// <param name="account">The wallet; null for every account.</param>
    /// <param name="from">The first UTC day, inclusive; null for no bound.</param>
    /// <param name="to">The last UTC day, exclusive; null for no bound.</param>
    /// <param name="cancellation">Ends the walk.</param>
    IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation);
}
