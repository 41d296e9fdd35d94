using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Providers.Tests.Polling;

/// <summary>A ledger and an archive during whose writes the process may end.</summary>
internal sealed class KillableLedger(ILedgerStore store, ILogArchive archive, Steps steps) : ILedgerStore, ILogArchive
{
    public Task<bool> StoreObservationAsync(Observation observation, CancellationToken cancellation) =>
        steps.AroundAsync(() => store.StoreObservationAsync(observation, cancellation));

    public Task StoreBillProblemsAsync(
        string rawFile, IReadOnlyList<InputProblem> problems, CancellationToken cancellation) =>
        steps.AroundAsync(async () =>
        {
            await store.StoreBillProblemsAsync(rawFile, problems, cancellation);
            return true;
        });

    public Task<ArchivedBill> AddBillAsync(
        string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation) =>
        steps.AroundAsync(() => archive.AddBillAsync(name, content, taking, cancellation));

    public IAsyncEnumerable<Observation> ReadObservationsAsync(
        BillingAccount? account, DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        store.ReadObservationsAsync(account, from, to, cancellation);

    public IAsyncEnumerable<InputProblem> ReadProblemsAsync(CancellationToken cancellation) =>
        store.ReadProblemsAsync(cancellation);

    public Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<LedgerRun>> ReadRunAsync(string host, long runId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<LedgerRun> ReadRunsAsync(DateOnly? from, DateOnly? to, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<bool> AddAsync(
        RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlySet<string>> ReadUploadNamesAsync(
        RunIdentity run, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
