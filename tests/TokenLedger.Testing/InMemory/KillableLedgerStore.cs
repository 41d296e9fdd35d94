using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Testing.InMemory;

/// <summary>A real store whose process may be killed before any call. Also counts what it wrote.</summary>
public sealed class KillableLedgerStore(ILedgerStore store, KillSwitch kill) : ILedgerStore
{
    private readonly List<(DateOnly? From, DateOnly? To)> runReads = [];

    /// <summary>The days of which runs were read, in order.</summary>
    public IReadOnlyList<(DateOnly? From, DateOnly? To)> RunReads => runReads;

    /// <summary>How often a run's rows were written.</summary>
    public int RunWrites { get; private set; }

    /// <inheritdoc/>
    public Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation)
    {
        kill.Count();
        return store.FindRunAsync(host, runId, cancellation);
    }

    /// <inheritdoc/>
    public async Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation)
    {
        kill.Count();
        var stored = await store.StoreRunAsync(run, cancellation);
        RunWrites += stored is null ? 0 : 1;
        return stored;
    }

    /// <inheritdoc/>
    public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation)
    {
        kill.Count();
        return store.ClearChangedDaysAsync(host, runId, revision, cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation)
    {
        kill.Count();
        return store.ReadRunAsync(host, runId, cancellation);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation)
    {
        kill.Count();
        runReads.Add((from, to));
        return store.ReadRunsAsync(from, to, cancellation);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation)
    {
        kill.Count();
        return store.ReadProblemsAsync(cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation)
    {
        kill.Count();
        return store.StoreObservationAsync(observation, cancellation);
    }

    /// <inheritdoc/>
    public Task StoreBillProblemsAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation)
    {
        kill.Count();
        return store.StoreBillProblemsAsync(rawFile, problems, cancellation);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation)
    {
        kill.Count();
        return store.ReadObservationsAsync(account, from, to, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => store.DisposeAsync();
}
