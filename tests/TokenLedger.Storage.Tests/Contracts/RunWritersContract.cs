using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>Runs under several writers, and under writers that end before they are done.</summary>
public abstract class RunWritersContract(IStorageUnderTest storage) : RunContract(storage)
{
    [Fact]
    public async Task A_process_that_dies_at_any_write_leaves_the_run_whole_and_ends_it_when_it_comes_again()
    {
        await using var store = await Storage.OpenLedgerAsync();
        static FoldedRun New(int id) => Some.Run(id, hash: "h2", slices: 4);
        for (var id = 1; id <= 60; id++)
            await store.StoreRunAsync(Some.Run(id), Token);

        var writes = await KillAtEveryWriteAsync(
            id => store.StoreRunAsync(New(id), Token),
            async id =>
            {
                var left = await store.ReadRunAsync(RunKey.PublicHost, id, Token);
                Assert.Contains(left[0].Slices.Count, new[] { 2, 4 });
                var revision = (await store.FindRunAsync(RunKey.PublicHost, id, Token))!.Revision;
                Assert.Equal(left[0].Slices.Count == 4 ? 2 : 1, revision);
                await store.StoreRunAsync(New(id), Token);
                AssertSame(New(id).Attempts, await store.ReadRunAsync(RunKey.PublicHost, id, Token));
                var found = (await store.FindRunAsync(RunKey.PublicHost, id, Token))!;
                Assert.Equal(Enumerable.Range(0, 4).Select(Some.Day.AddDays), found.ChangedDays);
                Assert.True(found.Revision >= 2);
            });

        Assert.InRange(writes, 1, 59);
        Assert.Equal(60, await store.ReadProblemsAsync(Token).CountAsync(Token));
        Assert.Equal(120, await store.ReadRunsAsync(null, null, Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_cancelled_store_leaves_nothing()
    {
        await using var store = await Storage.OpenLedgerAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.StoreRunAsync(Some.Run(), cancelled.Token));

        Assert.Null(await store.FindRunAsync(RunKey.PublicHost, 7, Token));
    }

    [Fact]
    public async Task Two_processes_may_store_the_same_runs_at_once()
    {
        async Task WriteAsync(long first)
        {
            await using var own = await Storage.OpenLedgerAsync();
            for (var run = first; run < first + 10; run++)
                await own.StoreRunAsync(Some.Run(run), Token);
        }

        await Task.WhenAll(Task.Run(() => WriteAsync(1), Token), Task.Run(() => WriteAsync(6), Token));

        await using var store = await Storage.OpenLedgerAsync();
        Assert.Equal(15 * 2, await store.ReadRunsAsync(null, null, Token).CountAsync(Token));
        Assert.Equal(15, await store.ReadProblemsAsync(Token).CountAsync(Token));
        for (var run = 1; run <= 15; run++)
            Assert.Equal(1, (await store.FindRunAsync(RunKey.PublicHost, run, Token))!.Revision);
    }

    [Fact]
    public async Task Two_processes_that_store_one_run_otherwise_leave_one_of_the_two()
    {
        async Task WriteAsync(string name, int slices)
        {
            await using var own = await Storage.OpenLedgerAsync();
            for (var turn = 0; turn < 10; turn++)
                await own.StoreRunAsync(OfOneDay(slices, name + turn), Token);
        }

        await Task.WhenAll(Task.Run(() => WriteAsync("a", 3), Token), Task.Run(() => WriteAsync("b", 5), Token));

        await using var store = await Storage.OpenLedgerAsync();
        var found = (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!;
        var read = await store.ReadRunAsync(RunKey.PublicHost, 7, Token);
        Assert.Equal(20, found.Revision);
        Assert.Equal(found.InputHash[0] == 'a' ? 3 : 5, read[0].Slices.Count);
        Assert.Single(await store.ReadProblemsAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_walk_never_mixes_two_revisions_of_a_run()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(1), Token);
        await store.StoreRunAsync(Some.Run(2), Token);
        await foreach (var run in store.ReadRunsAsync(null, null, Token))
        {
            await store.StoreRunAsync(Some.Run(2, hash: "h2", slices: 5), Token);
            if (run.Facts.Key.Attempt == 1)
                Assert.Contains(run.Slices.Count, new[] { 2, 5 });
        }
    }
}
