using TokenLedger.Application.Collecting;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Reconciling;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Tests;
using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

/// <summary>Calls cost money and time: so many and no more.</summary>
public sealed class CallCountTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_with_three_models_and_a_rejected_line_takes_five_calls_and_an_unchanged_one_takes_one()
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;

        // The head, a batch each of attempts, slices and rejected lines, the head again.
        Assert.Equal(5, await CountAsync(place, () => store.StoreRunAsync(RunOfThreeModels(), Token)));
        Assert.Equal(1, await CountAsync(place, () => store.StoreRunAsync(RunOfThreeModels(), Token)));
    }

    [Fact]
    public async Task A_run_without_rejected_lines_takes_four_calls()
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;

        Assert.Equal(4, await CountAsync(
            place, () => store.StoreRunAsync(RunOfThreeModels() with { Problems = [] }, Token)));
    }

    [Fact]
    public async Task A_replaced_run_takes_a_look_at_and_a_deletion_from_each_of_three_tables_more()
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;
        await store.StoreRunAsync(RunOfThreeModels(), Token);

        Assert.Equal(5 + 6, await CountAsync(
            place, () => store.StoreRunAsync(RunOfThreeModels() with { InputHash = "h2" }, Token)));
    }

    [Fact]
    public async Task Reading_the_runs_of_a_day_takes_two_ranges_and_a_head_for_each_of_a_few_runs()
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;
        await store.StoreRunAsync(RunOfThreeModels(), Token);

        Assert.Equal(3, await CountAsync(
            place, async () => await store.ReadRunsAsync(Some.Day, Some.Day.AddDays(1), Token).CountAsync(Token)));
    }

    [Fact]
    public async Task Forty_runs_of_a_day_have_their_heads_read_in_one_call()
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;
        for (var id = 1; id <= 40; id++)
            await store.StoreRunAsync(Some.Run(id, slices: 1), Token);

        Assert.Equal(3, await CountAsync(
            place, async () => await store.ReadRunsAsync(Some.Day, Some.Day.AddDays(1), Token).CountAsync(Token)));
        Assert.Equal(40, await store.ReadRunsAsync(Some.Day, Some.Day.AddDays(1), Token).CountAsync(Token));
    }

    [Fact]
    public async Task A_day_takes_six_calls_and_an_unchanged_one_takes_one()
    {
        var place = new AzureStorageUnderTest(azurite);
        var days = (await place.OpenAsync()).Days;

        // The head, shares, unallocated parts, the head, daily costs, the mark that they are complete.
        Assert.Equal(6, await CountAsync(place, () => days.StoreAsync(SomeDay.Of(), Token)));
        Assert.Equal(1, await CountAsync(place, () => days.StoreAsync(SomeDay.Of(), Token)));
        // A look at the old daily costs more; they go in the batch that brings the new ones.
        Assert.Equal(7, await CountAsync(place, () => days.StoreAsync(SomeDay.Of("h2"), Token)));
    }

    [Fact]
    public async Task A_look_a_file_and_a_claim_take_three_two_and_one()
    {
        var place = new AzureStorageUnderTest(azurite);
        var storage = await place.OpenAsync();

        Assert.Equal(3, await CountAsync(place, () => storage.Store.StoreObservationAsync(Some.Look(), Token)));
        Assert.Equal(1, await CountAsync(place, () => storage.Store.StoreObservationAsync(Some.Look(), Token)));
        Assert.Equal(2, await CountAsync(
            place, () => storage.Archive.AddAsync(PortDump.Run, "logs", Some.File("a.jsonl", "1"), Token)));
        Assert.Equal(1, await CountAsync(
            place, () => storage.Archive.AddAsync(PortDump.Run, "logs", Some.File("a.jsonl", "1"), Token)));
        Assert.Equal(1, await CountAsync(
            place, () => storage.Deliveries.ClaimAsync(PortDump.Delivery, Some.Time, Token)));
        Assert.Equal(1, await CountAsync(place, () => storage.Deliveries.IsClaimedAsync(PortDump.Delivery, Token)));
    }

    [Fact]
    public async Task A_first_run_from_webhook_to_daily_costs_takes_25_calls_and_its_repetition_5()
    {
        var place = new AzureStorageUnderTest(azurite);
        var storage = await place.OpenAsync();
        var prices = PriceBookReader.Shipped();
        var queue = new DayQueue(
            storage.Queue, storage.Checkpoints, TimeProvider.System, TimeSpan.FromSeconds(20));
        var fold = new FoldRun(storage.Store, storage.Archive, prices);
        var update = new UpdateRun(storage.Store, fold, queue, TimeProvider.System);
        var reconcile = new ReconcileDay(
            storage.Store, storage.Days, prices, new LedgerConfiguration(), TimeProvider.System);
        var log = Some.File("token-usage.jsonl", string.Join('\n', new[] { "gpt-5", "claude-sonnet-4.5", "gemini-2.5-pro" }
            .Select((model, at) => $$"""
                {"timestamp":"2026-09-14T10:00:0{{at}}Z","request_id":"r{{at}}","provider":"copilot","model":"{{model}}","input_tokens":100,"output_tokens":20}
                """)));

        async Task PassAsync()
        {
            if (!await storage.Deliveries.IsClaimedAsync(PortDump.Delivery, Token))
            {
                await storage.Queue.EnqueueAsync(new CollectRunMessage(PortDump.Run, null), TimeSpan.Zero, Token);
                await storage.Deliveries.ClaimAsync(PortDump.Delivery, Some.Time, Token);
            }

            await storage.Archive.AddAsync(PortDump.Run, "logs", log, Token);
            await update.ExecuteAsync(PortDump.Run, Token);
        }

        var first = await CountAsync(place, async () =>
        {
            await PassAsync();
            await reconcile.ExecuteAsync(Some.Day, Token);
        });
        var repetition = await CountAsync(place, PassAsync);

        var run = Assert.Single(await storage.Store.ReadRunAsync("github.com", 7, Token));
        Assert.Equal(3, run.Slices.Count);
        Assert.Equal(3, await storage.Days.ReadDailyCostsAsync(Some.Day, Some.Day.AddDays(1), Token).CountAsync(Token));
        // Webhook 3, archive 2, fold and store 6, queueing its day 5, reconciling the day 9.
        Assert.Equal((25, 5), (first, repetition));
    }

    private static async Task<int> CountAsync(AzureStorageUnderTest place, Func<Task> work)
    {
        place.Watch.Restart();
        await work();
        return place.Watch.Calls.Count;
    }

    private static FoldedRun RunOfThreeModels()
    {
        var run = Some.Run(slices: 1);
        var slice = run.Attempts[0].Slices[0];
        var attempt = run.Attempts[0] with
        {
            Slices = [slice, slice with { Model = "gpt-6" }, slice with { Model = "gemini-4" }],
        };
        return run with { Attempts = [attempt] };
    }
}
