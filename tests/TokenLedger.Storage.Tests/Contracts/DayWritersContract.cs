using TokenLedger.Application.Days;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>Days under several writers, and under writers that end before they are done.</summary>
public abstract class DayWritersContract(IStorageUnderTest storage) : DayContract(storage)
{
    [Fact]
    public async Task Two_writers_of_one_day_leave_the_rows_of_one_revision()
    {
        const int Turns = 8;
        async Task WriteAsync(string name, int shares, long firstNanoCredits)
        {
            var own = await Storage.OpenDaysAsync();
            for (var turn = 0; turn < Turns; turn++)
                Assert.True(await own.StoreAsync(SomeDay.Of(name + turn, shares, firstNanoCredits), Token));
        }

        await Task.WhenAll(
            Task.Run(() => WriteAsync("a", 4, 100), Token), Task.Run(() => WriteAsync("b", 6, 200), Token));

        var days = await Storage.OpenDaysAsync();
        var hash = (await days.FindAsync(Some.Account, Some.Day, Token))!.InputHash;
        var expected = hash[0] == 'a' ? SomeDay.Of(hash, 4, 100) : SomeDay.Of(hash, 6, 200);
        await AssertStoredAsync(days, expected, revision: 2 * Turns);
    }

    [Fact]
    public async Task Two_writers_of_the_same_input_leave_it_once()
    {
        async Task<int> WriteAsync()
        {
            var own = await Storage.OpenDaysAsync();
            var count = 0;
            for (var day = 0; day < 10; day++)
                count += await own.StoreAsync(SomeDay.Of(day: Some.Day.AddDays(day)), Token) ? 1 : 0;
            return count;
        }

        var written = await Task.WhenAll(Task.Run(WriteAsync, Token), Task.Run(WriteAsync, Token));

        Assert.Equal(10, written.Sum());
        var days = await Storage.OpenDaysAsync();
        for (var day = 0; day < 10; day++)
            await AssertStoredAsync(days, SomeDay.Of(day: Some.Day.AddDays(day)), revision: 1);
    }

    [Fact]
    public async Task A_walk_over_shares_never_mixes_two_revisions()
    {
        var days = await Storage.OpenDaysAsync();
        var first = SomeDay.Of(shares: 20);
        await days.StoreAsync(first, Token);
        var read = new List<ShareRow>();
        await foreach (var share in days.ReadSharesAsync(Some.Account, Some.Day, null, Token))
        {
            read.Add(share);
            await days.StoreAsync(SomeDay.Of("h2", 40, 1000), Token);
        }

        Assert.Equal(first.Shares, read);
        await AssertStoredAsync(days, SomeDay.Of("h2", 40, 1000), revision: 2);
    }

    [Fact]
    public async Task A_process_that_dies_at_any_write_leaves_the_old_rows_and_ends_its_work_when_it_comes_again()
    {
        var days = await Storage.OpenDaysAsync();
        static DateOnly DayOf(int write) => Some.Day.AddDays(write);
        static ReconciledDay Old(int write) => SomeDay.Of("old", 4, 1, DayOf(write));
        static ReconciledDay New(int write) => SomeDay.Of("new", 6, 1000, DayOf(write));
        const int DaysMax = 80;
        for (var write = 1; write <= DaysMax; write++)
            await days.StoreAsync(Old(write), Token);

        var writes = await KillAtEveryWriteAsync(
            write => days.StoreAsync(New(write), Token),
            async write =>
            {
                // The head alone says which revision counts; daily costs, one table for charts, may lag behind it.
                var head = (await days.FindAsync(Some.Account, DayOf(write), Token))!;
                var left = string.Equals(head.InputHash, "old", StringComparison.Ordinal) ? Old(write) : New(write);
                Assert.Equal(left.Shares, await SharesAsync(days, Some.Account, DayOf(write)));
                Assert.Equal(
                    left.Unallocated,
                    await days.ReadUnallocatedAsync(Some.Account, DayOf(write), Token).ToListAsync(Token));
                await days.StoreAsync(New(write), Token);
                await AssertStoredAsync(days, New(write), revision: 2);
                Assert.False(await days.StoreAsync(New(write), Token));
            });

        Assert.InRange(writes, 1, DaysMax - 1);
        await AssertStoredAsync(days, New(writes + 1), revision: 2);
        await AssertStoredAsync(days, Old(writes + 2), revision: 1);
    }

    [Fact]
    public async Task A_cancelled_store_leaves_nothing()
    {
        var days = await Storage.OpenDaysAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => days.StoreAsync(SomeDay.Of(), cancelled.Token));

        Assert.Null(await days.FindAsync(Some.Account, Some.Day, Token));
    }
}
