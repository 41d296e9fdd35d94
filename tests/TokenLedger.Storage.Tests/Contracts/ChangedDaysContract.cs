using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Storage.Tests.Contracts;

/// <summary>The days that a run changed, until somebody has queued them.</summary>
public abstract class ChangedDaysContract(IStorageUnderTest storage) : RunContract(storage)
{
    [Fact]
    public async Task A_store_tells_what_is_stored_now_with_the_days_that_nobody_has_queued()
    {
        await using var store = await Storage.OpenLedgerAsync();

        var first = await store.StoreRunAsync(Some.Run(hash: "h1", slices: 1), Token);
        await store.ClearChangedDaysAsync("github.com", 7, first!.Revision, Token);
        var moved = Some.Run(hash: "h2", slices: 1, day: Some.Day.AddDays(20));
        var second = await store.StoreRunAsync(moved, Token);

        var found = (await store.FindRunAsync("github.com", 7, Token))!;
        Assert.Equal(
            (1L, 2L, "h2", found.Repository, found.RepositoryId),
            (first.Revision, second!.Revision, second.InputHash, second.Repository, second.RepositoryId));
        // Days of the rows that went and of those that came.
        Assert.Contains(Some.Day, second.ChangedDays);
        Assert.Contains(Some.Day.AddDays(20), second.ChangedDays);
        Assert.Equal(found.ChangedDays, second.ChangedDays);
        await store.ClearChangedDaysAsync("github.com", 7, second.Revision, Token);
        Assert.Empty((await store.FindRunAsync("github.com", 7, Token))!.ChangedDays);
    }

    [Fact]
    public async Task Changed_days_are_those_of_the_old_and_the_new_rows_until_they_are_queued()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(slices: 2), Token);
        Assert.Equal([Some.Day, Some.Day.AddDays(1)], await ChangedDaysAsync(store));

        await store.ClearChangedDaysAsync(RunKey.PublicHost, 7, 1, Token);
        Assert.Empty(await ChangedDaysAsync(store));
        Assert.Null(await store.StoreRunAsync(Some.Run(slices: 2), Token));
        Assert.Empty(await ChangedDaysAsync(store));
        await store.StoreRunAsync(Some.Run(hash: "h2", slices: 1, day: Some.Day.AddDays(30)), Token);

        Assert.Equal([Some.Day, Some.Day.AddDays(1), Some.Day.AddDays(30)], await ChangedDaysAsync(store));
    }

    [Fact]
    public async Task Days_of_a_revision_that_came_since_they_were_read_stay_changed()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(slices: 2), Token);
        var found = await store.FindRunAsync(RunKey.PublicHost, 7, Token);
        await store.StoreRunAsync(Some.Run(hash: "h2", slices: 3), Token);

        await store.ClearChangedDaysAsync(RunKey.PublicHost, 7, found!.Revision, Token);
        Assert.Equal([Some.Day, Some.Day.AddDays(1), Some.Day.AddDays(2)], await ChangedDaysAsync(store));

        await store.ClearChangedDaysAsync(RunKey.PublicHost, 8, 2, Token);
        Assert.Equal(3, (await ChangedDaysAsync(store)).Count);
        await store.ClearChangedDaysAsync(RunKey.PublicHost, 7, 2, Token);
        Assert.Empty(await ChangedDaysAsync(store));
    }

    [Fact]
    public async Task Days_that_nobody_queued_are_remembered_through_later_revisions()
    {
        await using var store = await Storage.OpenLedgerAsync();
        await store.StoreRunAsync(Some.Run(slices: 1), Token);
        await store.StoreRunAsync(Some.Run(hash: "h2", slices: 1, day: Some.Day.AddDays(40)), Token);
        await store.StoreRunAsync(Some.Run(hash: "h3", slices: 1, day: Some.Day.AddDays(80)), Token);

        Assert.Equal([Some.Day, Some.Day.AddDays(40), Some.Day.AddDays(80)], await ChangedDaysAsync(store));
    }

    private static async Task<IReadOnlyList<DateOnly>> ChangedDaysAsync(ILedgerStore store) =>
        (await store.FindRunAsync(RunKey.PublicHost, 7, Token))!.ChangedDays;
}
