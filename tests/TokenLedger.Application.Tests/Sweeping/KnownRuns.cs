using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Tests.Sweeping;

/// <summary>A ledger that knows which attempts there are and nothing else: a sweep asks it a million times.</summary>
internal sealed class KnownRuns : ILedgerStore
{
    private static readonly StoredRun Stored = new("acme/any", 77, "hash", 1);

    private readonly Dictionary<long, int> attempts = [];

    /// <summary>How often a run was found, and how often all of one was read.</summary>
    public (long Finds, long Reads) Asked { get; private set; }

    /// <summary>Takes an attempt, and every one before it, as collecting does.</summary>
    public void Add(long runId, int attempt) =>
        attempts[runId] = Math.Max(attempt, attempts.GetValueOrDefault(runId));

    public int AttemptsOf(long runId) => attempts.GetValueOrDefault(runId);

    public Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation)
    {
        Asked = (Asked.Finds + 1, Asked.Reads);
        return Task.FromResult(attempts.ContainsKey(runId) ? Stored : null);
    }

    public Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation)
    {
        Asked = (Asked.Finds, Asked.Reads + 1);
        return Task.FromResult<IReadOnlyList<LedgerRun>>(
            [.. Enumerable.Range(1, AttemptsOf(runId)).Select(attempt => Collected(host, runId, attempt))]);
    }

    private static LedgerRun Collected(string host, long runId, int attempt) => new(
        new RunFacts(new RunKey(host, runId, attempt), "acme", "acme/any") { Collection = CollectionState.Collected },
        [], new RunReport(), []);

    public Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation) => throw NotAsked();

    public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation) =>
        throw NotAsked();

    public IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        throw NotAsked();

    public IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation) => throw NotAsked();

    public Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation) =>
        throw NotAsked();

    public Task StoreBillProblemsAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation) => throw NotAsked();

    public IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation) => throw NotAsked();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static NotSupportedException NotAsked() => new("A sweep asks only which runs are known.");
}
