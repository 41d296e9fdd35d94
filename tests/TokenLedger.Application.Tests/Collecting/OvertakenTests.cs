using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Archiving;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Tests.Collecting;

/// <summary>Two handlers at once: the one that has seen less never has the last word.</summary>
public sealed class OvertakenTests : IAsyncDisposable
{
    private static readonly RunIdentity Run = new("github.com", "acme", "web", 4711, 1);

    private readonly Workplace place = new();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task A_fold_that_missed_a_file_is_made_again_when_another_handler_stored_the_run()
    {
        await place.AddRunAsync(Run, 10_000);
        var isFirst = true;
        var archive = new InterruptedArchive(place.Archive, async () =>
        {
            if (!isFirst)
                return;
            isFirst = false;
            await place.AddAsync(Run, "late", "token-usage.jsonl", Workplace.Usage(Run, 7, 70_000));
            await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        });

        var folded = await new FoldRun(place.Store, archive, Workplace.Prices).ExecuteAsync(Run, Workplace.Token);

        Assert.False(folded.IsChanged);
        var run = Assert.Single(await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token));
        Assert.Equal(80_000, run.Slices.Sum(slice => slice.Tokens.Input));
    }

    [Fact]
    public async Task A_day_that_missed_a_run_is_decided_again_when_another_handler_stored_it()
    {
        await place.AddRunAsync(Run, 10_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        var isFirst = true;
        var store = new InterruptedStore(place.Store, async () =>
        {
            if (!isFirst)
                return;
            isFirst = false;
            await place.AddRunAsync(Run with { RunId = 4712 }, 70_000);
            await place.UpdateRun.ExecuteAsync(Run with { RunId = 4712 }, Workplace.Token);
            await place.ReconcileDay.ExecuteAsync(Workplace.Day, Workplace.Token);
        });

        await new ReconcileDay(store, place.Days, Workplace.Prices, place.Configuration, place.Clock)
            .ExecuteAsync(Workplace.Day, Workplace.Token);

        var head = Assert.Single(await place.Days
            .ReadAsync(null, Workplace.Day, Workplace.Day.AddDays(1), Workplace.Token).ToListAsync(Workplace.Token));
        Assert.Equal(2, head.Totals.Runs);
    }

    private sealed class InterruptedArchive(ILogArchive inner, Func<Task> afterOpening) : ILogArchive
    {
        public Task<bool> AddAsync(
            RunIdentity run, string uploadName, EvidenceFile file, CancellationToken cancellation) =>
            inner.AddAsync(run, uploadName, file, cancellation);

        public async Task<ArchivedRun> OpenAsync(RunIdentity run, CancellationToken cancellation)
        {
            var opened = await inner.OpenAsync(run, cancellation);
            await afterOpening();
            return opened;
        }

        public Task<IReadOnlySet<string>> ReadUploadNamesAsync(
            RunIdentity run, CancellationToken cancellation) => inner.ReadUploadNamesAsync(run, cancellation);

        public Task<ArchivedBill> AddBillAsync(
            string name, ReadOnlyMemory<byte> content, BillTaking? taking, CancellationToken cancellation) =>
            inner.AddBillAsync(name, content, taking, cancellation);
    }

    private sealed class InterruptedStore(ILedgerStore inner, Func<Task> afterReading) : ILedgerStore
    {
        public Task<StoredRun?> FindRunAsync(string host, long runId, CancellationToken cancellation) =>
            inner.FindRunAsync(host, runId, cancellation);

        public Task<StoredRun?> StoreRunAsync(FoldedRun run, CancellationToken cancellation) =>
            inner.StoreRunAsync(run, cancellation);

        public Task ClearChangedDaysAsync(string host, long runId, long revision, CancellationToken cancellation) =>
            inner.ClearChangedDaysAsync(host, runId, revision, cancellation);

        public Task<IReadOnlyList<LedgerRun>> ReadRunAsync(
            string host, long runId, CancellationToken cancellation) => inner.ReadRunAsync(host, runId, cancellation);

        public async IAsyncEnumerable<LedgerRun> ReadRunsAsync(
            DateOnly? from, DateOnly? to,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            var read = await inner.ReadRunsAsync(from, to, cancellation).ToListAsync(cancellation);
            await afterReading();
            foreach (var run in read)
                yield return run;
        }

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

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
