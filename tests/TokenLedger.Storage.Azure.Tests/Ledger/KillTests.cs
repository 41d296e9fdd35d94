using TokenLedger.Storage.Tests;
using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>The process ends before any of its calls to storage; the same work again ends where it would have ended.</summary>
public sealed class KillTests(AzuriteFixture azurite)
{
    // More calls than any of these works takes.
    private const int CallsMax = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_run_that_is_stored_first() => AssertSafeAsync(
        _ => Task.CompletedTask,
        storage => storage.Store.StoreRunAsync(Some.Run(slices: 3), Token));

    [Fact]
    public Task A_run_that_replaces_another_over_the_end_of_a_month() => AssertSafeAsync(
        storage => storage.Store.StoreRunAsync(Some.Run(hash: "old", slices: 4), Token),
        storage => storage.Store.StoreRunAsync(Some.Run(slices: 2, day: new DateOnly(2026, 9, 30)), Token));

    [Fact]
    public Task Days_of_a_run_that_are_cleared() => AssertSafeAsync(
        storage => storage.Store.StoreRunAsync(Some.Run(slices: 2), Token),
        storage => storage.Store.ClearChangedDaysAsync("github.com", 7, 1, Token));

    [Fact]
    public Task A_look_at_a_bill() => AssertSafeAsync(
        storage => storage.Store.StoreObservationAsync(Some.Look(hash: "c0", rawFile: "bills/b/y.csv"), Token),
        storage => storage.Store.StoreObservationAsync(Some.Look(), Token));

    [Fact]
    public Task Problems_of_a_bill() => AssertSafeAsync(
        storage => storage.Store.StoreBillProblemsAsync("bills/a/x.csv", Some.Run().Problems, Token),
        storage => storage.Store.StoreBillProblemsAsync(
            "bills/a/x.csv", [Some.Run().Problems[0] with { Line = 9 }, Some.Run().Problems[0]], Token));

    [Fact]
    public Task A_day_that_is_stored_first() => AssertSafeAsync(
        _ => Task.CompletedTask,
        storage => storage.Days.StoreAsync(SomeDay.Of(), Token));

    [Fact]
    public Task A_day_that_replaces_another() => AssertSafeAsync(
        storage => storage.Days.StoreAsync(SomeDay.Of("old", 8), Token),
        storage => storage.Days.StoreAsync(SomeDay.Of("new", 4, 1000), Token));

    [Fact]
    public Task A_day_of_more_daily_costs_than_a_batch_holds() => AssertSafeAsync(
        storage => storage.Days.StoreAsync(SomeDay.Of("old", 250), Token),
        storage => storage.Days.StoreAsync(SomeDay.Of("new", 220, 1000), Token));

    [Fact]
    public Task A_file_that_is_archived_in_one_request_and_one_in_blocks() => AssertSafeAsync(
        _ => Task.CompletedTask,
        async storage =>
        {
            await storage.Archive.AddAsync(PortDump.Run, "logs", Some.File("a.jsonl", "1"), Token);
            await storage.Archive.AddAsync(
                PortDump.Run, "logs", Some.File("b.jsonl", new string('x', 9 << 20)), Token);
        });

    [Fact]
    public Task A_delivery_that_is_claimed() => AssertSafeAsync(
        _ => Task.CompletedTask,
        storage => storage.Deliveries.ClaimAsync(PortDump.Delivery, Some.Time, Token));

    private async Task AssertSafeAsync(Func<AzureLedgerStorage, Task> before, Func<AzureLedgerStorage, Task> work)
    {
        var undisturbed = await new AzureStorageUnderTest(azurite).OpenAsync();
        await before(undisturbed);
        await work(undisturbed);
        var expected = await PortDump.OfAsync(undisturbed, Token);

        for (var calls = 0; calls < CallsMax; calls++)
        {
            var place = new AzureStorageUnderTest(azurite);
            var storage = await place.OpenAsync();
            await before(storage);
            place.Watch.Restart(calls);
            var isKilled = await Record.ExceptionAsync(() => work(storage)) is KilledException;
            place.Watch.Restart();
            await work(await place.OpenAsync());
            Assert.Equal(expected, await PortDump.OfAsync(storage, Token));
            if (!isKilled)
            {
                Assert.True(calls > 0);
                return;
            }
        }

        Assert.Fail("The work never ends.");
    }
}
