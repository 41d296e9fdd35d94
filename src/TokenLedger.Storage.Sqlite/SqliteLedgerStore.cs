using Microsoft.Data.Sqlite;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Sqlite.Bills;
using TokenLedger.Storage.Sqlite.Runs;

namespace TokenLedger.Storage.Sqlite;

/// <summary>
/// The ledger in one SQLite file. Each operation has its own connection, so a walk never blocks a write.
/// </summary>
public sealed class SqliteLedgerStore : ILedgerStore
{
    private readonly LedgerFile file;
    private readonly Action? beforeWrite;

    /// <summary>The ledger at a path; made when it does not exist.</summary>
    /// <exception cref="LedgerUnusableException">The file cannot be opened, is no ledger or is a newer one.</exception>
    public SqliteLedgerStore(string path)
        : this(path, beforeWrite: null)
    {
    }

    /// <param name="path">The file.</param>
    /// <param name="beforeWrite">
    /// Called before each statement that writes and before each commit; a test throws in it.
    /// </param>
    internal SqliteLedgerStore(string path, Action? beforeWrite)
    {
        file = new LedgerFile(path);
        this.beforeWrite = beforeWrite;
        file.Open().Dispose();
    }

    /// <inheritdoc/>
    public Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation) =>
        new RunReader(file).FindAsync(host, runId, cancellation);

    /// <inheritdoc/>
    public Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation) =>
        NamedAsync(() => new RunWriter(file, beforeWrite).StoreAsync(run, cancellation));

    /// <inheritdoc/>
    public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation) =>
        NamedAsync(() =>
        {
            cancellation.ThrowIfCancellationRequested();
            ChangedDayRows.Clear(file, host, runId, revision, beforeWrite);
            return Task.FromResult(true);
        });

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LedgerRun>> ReadRunAsync(
        string host, long runId, CancellationToken cancellation) =>
        await new RunReader(file).ReadRunAsync(host, runId, cancellation).ToListAsync(cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        new RunReader(file).ReadAsync(from, to, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation) =>
        ProblemRows.ReadAsync(file, cancellation);

    /// <inheritdoc/>
    public Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation) =>
        NamedAsync(() => new ObservationWriter(file, beforeWrite).StoreAsync(observation, cancellation));

    /// <inheritdoc/>
    public Task StoreBillProblemsAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation) => NamedAsync(() =>
        {
            cancellation.ThrowIfCancellationRequested();
            ProblemRows.Replace(file, ProblemRows.OriginOf(rawFile), problems, beforeWrite);
            return Task.FromResult(true);
        });

    /// <inheritdoc/>
    public IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        new ObservationReader(file).ReadAsync(account, from, to, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        file.Close();
        return ValueTask.CompletedTask;
    }

    private async Task<T> NamedAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (SqliteException failure)
        {
            throw file.Unusable(failure);
        }
    }
}
