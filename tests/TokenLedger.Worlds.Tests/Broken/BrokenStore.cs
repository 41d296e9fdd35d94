using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Worlds.Tests.Broken;

/// <summary>A store whose looks are changed, or hidden, as they are read.</summary>
/// <param name="store">The store.</param>
/// <param name="change">Given the account that is asked for and a look; null hides it.</param>
internal sealed class BrokenStore(ILedgerStore store, Func<BillingAccount?, Observation, Observation?> change)
    : ILedgerStore
{
    public IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        store.ReadObservationsAsync(account, from, to, cancellation)
            .Select(look => change(account, look))
            .Where(look => look is not null)
            .Select(look => look!);

    public Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation) =>
        store.FindRunAsync(host, runId, cancellation);

    public Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation) =>
        store.StoreRunAsync(run, cancellation);

    public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation) =>
        store.ClearChangedDaysAsync(host, runId, revision, cancellation);

    public Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation) =>
        store.ReadRunAsync(host, runId, cancellation);

    public IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        store.ReadRunsAsync(from, to, cancellation);

    public IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation) =>
        store.ReadProblemsAsync(cancellation);

    public Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation) =>
        store.StoreObservationAsync(observation, cancellation);

    public Task StoreBillProblemsAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation) =>
        store.StoreBillProblemsAsync(rawFile, problems, cancellation);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
