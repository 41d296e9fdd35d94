using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Bills;
using TokenLedger.Storage.Azure.Runs;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Ledger;

/// <summary>Runs, usage and bills in Azure tables. Keys of every table: <c>src/README.md</c>.</summary>
/// <remarks>
/// A write that storage fails throws <see cref="Requests.StorageFailureException"/>; nothing of it is seen then, unless
/// its head was put in place, and the same call again ends it.
/// </remarks>
public sealed class AzureLedgerStore : ILedgerStore
{
    private readonly RunTables runs;
    private readonly TableClient observations;
    private readonly TableClient charges;

    internal AzureLedgerStore(RunTables runs, TableClient observations, TableClient charges)
    {
        this.runs = runs;
        this.observations = observations;
        this.charges = charges;
    }

    /// <inheritdoc/>
    public Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation) =>
        new RunReader(runs).FindAsync(host, runId, cancellation);

    /// <inheritdoc/>
    public Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation) =>
        new RunWriter(runs).StoreAsync(run, cancellation);

    /// <inheritdoc/>
    public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation) =>
        new RunWriter(runs).ClearChangedDaysAsync(host, runId, revision, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation) =>
        new RunReader(runs).ReadRunAsync(host, runId, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        new PeriodReader(runs).ReadAsync(from, to, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation) =>
        new ProblemReader(runs).ReadAsync(cancellation);

    /// <inheritdoc/>
    public Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation) =>
        new ObservationWriter(observations, charges).StoreAsync(observation, cancellation);

    /// <inheritdoc/>
    public Task StoreBillProblemsAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation) =>
        new BillProblems(runs.Rejected).StoreAsync(rawFile, problems, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        new ObservationReader(observations, charges).ReadAsync(account, from, to, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
