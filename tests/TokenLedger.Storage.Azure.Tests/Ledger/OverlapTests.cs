using TokenLedger.Application.Days;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Tables;
using TokenLedger.Storage.Tests;
using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>Another process does all of its work between any two calls of this one.</summary>
public sealed class OverlapTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Calls => [.. Enumerable.Range(1, 16)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Two_stores_of_a_run_leave_one_of_the_two_and_no_garbage(int call)
    {
        var (place, storage) = await OpenAsync();
        await storage.Store.StoreRunAsync(Some.Run(hash: "h0", slices: 3), Token);
        var (ours, theirs) = (Some.Run(hash: "ours", slices: 4), Some.Run(hash: "theirs", slices: 2));
        place.Watch.InterruptBefore(call, () => place.OpenUnwatched().Store.StoreRunAsync(theirs, Token));

        Assert.NotNull(await storage.Store.StoreRunAsync(ours, Token));

        place.Watch.Restart();
        var found = (await storage.Store.FindRunAsync("github.com", 7, Token))!;
        var isOurs = found.InputHash is "ours";
        Assert.InRange(found.Revision, 2, 3);
        var expected = isOurs ? ours : theirs;
        var read = await storage.Store.ReadRunAsync("github.com", 7, Token);
        Assert.Equal(expected.Attempts.SelectMany(run => run.Slices), read.SelectMany(run => run.Slices));
        Assert.Single(await storage.Store.ReadProblemsAsync(Token).ToListAsync(Token));
        Assert.Equal(isOurs ? 4 : 2, (await RowsAsync(place, "runusage", [])).Count);
        Assert.Equal(2, (await RowsAsync(place, "runs", [])).Count);
        Assert.Single(await RowsAsync(place, "rejectedlines", []));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_run_that_changed_since_it_was_found_is_stored_and_cleared_by_what_it_is_now(int call)
    {
        var (place, storage) = await OpenAsync();
        var theirs = Some.Run(hash: "theirs", slices: 3);
        await storage.Store.StoreRunAsync(Some.Run(hash: "h0", slices: 1), Token);
        await storage.Store.FindRunAsync("github.com", 7, Token);
        place.Watch.InterruptBefore(call, () => place.OpenUnwatched().Store.StoreRunAsync(theirs, Token));

        await storage.Store.StoreRunAsync(Some.Run(hash: "ours", slices: 2), Token);
        var found = (await storage.Store.FindRunAsync("github.com", 7, Token))!;
        await storage.Store.ClearChangedDaysAsync("github.com", 7, found.Revision, Token);

        place.Watch.Restart();
        var now = (await storage.Store.FindRunAsync("github.com", 7, Token))!;
        // What came after the look stays changed: all of it, and nothing else.
        Assert.Equal(now.Revision == found.Revision ? 0 : 3, now.ChangedDays.Count);
        var slices = (await storage.Store.ReadRunAsync("github.com", 7, Token)).Sum(run => run.Slices.Count);
        Assert.Equal(now.InputHash is "ours" ? 2 : 3, slices);
    }

    [Fact]
    public async Task What_was_found_refuses_nothing_that_another_process_has_changed()
    {
        var (place, storage) = await OpenAsync();
        await storage.Store.StoreRunAsync(Some.Run(hash: "a"), Token);
        await storage.Store.FindRunAsync("github.com", 7, Token);
        await place.OpenUnwatched().Store.StoreRunAsync(Some.Run(hash: "b"), Token);

        Assert.NotNull(await storage.Store.StoreRunAsync(Some.Run(hash: "a"), Token));

        Assert.Equal(3, (await storage.Store.FindRunAsync("github.com", 7, Token))!.Revision);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public Task Two_stores_of_a_day_leave_the_daily_costs_of_the_one_that_counts(int call) =>
        TwoStoresAsync(call, isRead: false);

    [Theory]
    [MemberData(nameof(Calls))]
    public Task A_day_that_changed_since_its_heads_were_read_has_the_daily_costs_of_the_one_that_counts(int call) =>
        TwoStoresAsync(call, isRead: true);

    [Fact]
    public async Task A_day_that_changed_since_its_heads_were_read_is_refused_to_whoever_decided_by_them()
    {
        var (place, storage) = await OpenAsync();
        var read = storage.Days.ReadAsync(null, Some.Day, Some.Day.AddDays(1), Token);
        Assert.Empty(await read.ToListAsync(Token));
        await place.OpenUnwatched().Days.StoreAsync(SomeDay.Of("theirs"), Token);

        Assert.False(await storage.Days.StoreAsync(SomeDay.Of("ours") with { BasedOnRevision = 0 }, Token));

        Assert.Equal("theirs", (await storage.Days.FindAsync(Some.Account, Some.Day, Token))!.InputHash);
    }

    [Fact]
    public async Task Costs_of_a_writer_that_came_late_and_was_killed_are_gone_with_the_next_store()
    {
        var (place, storage) = await OpenAsync();
        await storage.Days.StoreAsync(SomeDay.Of("h0", 6), Token);
        // Head, shares, unallocated parts, the old head among the revisions, head; then the costs, whose batch finds
        // that the old ones are gone.
        place.Watch.Restart(callsAllowed: 7);
        place.Watch.InterruptBefore(
            6, () => place.OpenUnwatched().Days.StoreAsync(SomeDay.Of("theirs", 8, 200), Token));
        await Assert.ThrowsAsync<Storage.Tests.KilledException>(
            () => storage.Days.StoreAsync(SomeDay.Of("ours", 4, 100), Token));
        place.Watch.Restart();
        var columns = new TableColumns { { "revision", TableColumnKind.Int64 } };
        Assert.Equal(
            [2L, 3L], (await RowsAsync(place, "dailycosts", columns)).Select(row => row.Int64("revision")!.Value).Distinct());

        for (var next = 4L; next <= 5; next++)
        {
            await storage.Days.StoreAsync(SomeDay.Of("later" + next, 5, 300), Token);
            Assert.All(
                await RowsAsync(place, "dailycosts", columns), row => Assert.Equal(next, row.Int64("revision")));
        }
    }

    private async Task TwoStoresAsync(int call, bool isRead)
    {
        var (place, storage) = await OpenAsync();
        await storage.Days.StoreAsync(SomeDay.Of("h0", 6), Token);
        if (isRead)
            await storage.Days.ReadAsync(null, Some.Day, Some.Day.AddDays(1), Token).CountAsync(Token);
        var (ours, theirs) = (SomeDay.Of("ours", 4, 100), SomeDay.Of("theirs", 8, 200));
        place.Watch.InterruptBefore(call, () => place.OpenUnwatched().Days.StoreAsync(theirs, Token));

        Assert.True(await storage.Days.StoreAsync(ours, Token));

        place.Watch.Restart();
        var head = (await storage.Days.FindAsync(Some.Account, Some.Day, Token))!;
        var expected = head.InputHash is "ours" ? ours : theirs;
        Assert.Equal(
            expected.Shares,
            await storage.Days.ReadSharesAsync(Some.Account, Some.Day, null, Token).ToListAsync(Token));
        Assert.Equal(expected.DailyCosts, await CostsAsync(storage));
        // Charts read the table itself.
        var rows = await RowsAsync(place, "dailycosts", new TableColumns { { "revision", TableColumnKind.Int64 } });
        Assert.Equal(expected.DailyCosts.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal(head.Revision, row.Int64("revision")));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Of_two_stores_of_the_same_day_one_has_stored_it(int call)
    {
        var (place, storage) = await OpenAsync();
        var theirs = false;
        place.Watch.InterruptBefore(
            call, async () => theirs = await place.OpenUnwatched().Days.StoreAsync(SomeDay.Of(), Token));

        var ours = await storage.Days.StoreAsync(SomeDay.Of(), Token);

        place.Watch.Restart();
        Assert.NotEqual(ours, theirs);
        Assert.Equal(1, (await storage.Days.FindAsync(Some.Account, Some.Day, Token))!.Revision);
        Assert.Equal(SomeDay.Of().DailyCosts, await CostsAsync(storage));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_reader_of_runs_sees_one_revision_whole(int call)
    {
        var (place, storage) = await OpenAsync();
        var (before, after) = (Some.Run(hash: "h1", slices: 2), Some.Run(hash: "h2", slices: 5));
        await storage.Store.StoreRunAsync(before, Token);
        place.Watch.InterruptBefore(call, () => place.OpenUnwatched().Store.StoreRunAsync(after, Token));

        var one = await storage.Store.ReadRunAsync("github.com", 7, Token);
        var period = await storage.Store.ReadRunsAsync(Some.Day, Some.Day.AddDays(1), Token).ToListAsync(Token);
        var problems = await storage.Store.ReadProblemsAsync(Token).ToListAsync(Token);

        AssertIs(one, before, after);
        AssertIs(period, before, after);
        Assert.Single(problems);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_reader_of_daily_costs_sees_one_revision_whole(int call)
    {
        var (place, storage) = await OpenAsync();
        await storage.Days.StoreAsync(SomeDay.Of("h1", 6), Token);
        place.Watch.InterruptBefore(
            call, () => place.OpenUnwatched().Days.StoreAsync(SomeDay.Of("h2", 4, 1000), Token));

        var costs = await CostsAsync(storage);

        IReadOnlyList<DailyCostRow>[] whole = [SomeDay.Of("h1", 6).DailyCosts, SomeDay.Of("h2", 4, 1000).DailyCosts];
        Assert.Contains(whole, rows => rows.SequenceEqual(costs));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_file_that_two_processes_archive_is_kept_once_under_one_name(int call)
    {
        var (place, storage) = await OpenAsync();
        var theirs = false;
        place.Watch.InterruptBefore(call, async () => theirs = await place.OpenUnwatched().Archive.AddAsync(
            PortDump.Run, "logs", Some.File("a.jsonl", "1"), Token));

        var ours = await storage.Archive.AddAsync(PortDump.Run, "logs", Some.File("a.jsonl", "1"), Token);

        place.Watch.Restart();
        Assert.True(ours != theirs);
        using var run = await storage.Archive.OpenAsync(PortDump.Run, Token);
        Assert.Single(run.Files);
    }

    private async Task<(AzureStorageUnderTest Place, AzureLedgerStorage Storage)> OpenAsync()
    {
        var place = new AzureStorageUnderTest(azurite);
        return (place, await place.OpenAsync());
    }

    private static void AssertIs(
        IReadOnlyList<Domain.Usage.LedgerRun> read, FoldedRun before, FoldedRun after)
    {
        var slices = read.SelectMany(run => run.Slices).ToList();
        Assert.Contains(
            new[] { before, after },
            run => run.Attempts.SelectMany(attempt => attempt.Slices).SequenceEqual(slices));
    }

    private static async Task<List<DailyCostRow>> CostsAsync(AzureLedgerStorage storage) =>
        await storage.Days.ReadDailyCostsAsync(Some.Day, Some.Day.AddDays(1), Token).ToListAsync(Token);

    private static async Task<List<TableEntity>> RowsAsync(
        AzureStorageUnderTest place, string table, TableColumns columns) => await place
        .Services().Table(place.NameOf(table)).QueryAsync(new TableQuery(), columns, Token).ToListAsync(Token);
}
