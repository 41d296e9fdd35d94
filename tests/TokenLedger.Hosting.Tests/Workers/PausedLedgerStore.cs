using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Hosting.Tests.Workers;

/// <summary>A store that finds no run before a test lets it.</summary>
internal sealed class PausedLedgerStore(ILedgerStore inner) : ILedgerStore
{
    private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when somebody waits.</summary>
    public Task Entered => entered.Task;

    public void Open() => gate.SetResult();

    public async Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation)
    {
        entered.TrySetResult();
        await gate.Task.WaitAsync(cancellation);
        return await inner.FindRunAsync(host, runId, cancellation);
    }

    public Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation) =>
        inner.StoreRunAsync(run, cancellation);

    public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation) =>
        inner.ClearChangedDaysAsync(host, runId, revision, cancellation);

    public Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation) =>
        inner.ReadRunAsync(host, runId, cancellation);

    public IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        inner.ReadRunsAsync(from, to, cancellation);

    public IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation) =>
        inner.ReadProblemsAsync(cancellation);

    public Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation) =>
        inner.StoreObservationAsync(observation, cancellation);

    public Task StoreBillProblemsAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation) =>
        inner.StoreBillProblemsAsync(rawFile, problems, cancellation);

    public IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        inner.ReadObservationsAsync(account, from, to, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
