using TokenLedger.Application.Collecting;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Runs;
using TokenLedger.Application.Webhooks;
using TokenLedger.Domain.Pricing;
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
    public async Task A_replaced_run_takes_a_look_at_and_a_deletion_from_each_of_three_tables_more_and_remembers_its_head()
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;
        await store.StoreRunAsync(RunOfThreeModels(), Token);

        Assert.Equal(4 + 6, await CountAsync(
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
    public async Task A_day_takes_six_calls_a_later_revision_one_more_and_an_unchanged_one_takes_one()
    {
        var place = new AzureStorageUnderTest(azurite);
        var days = (await place.OpenAsync()).Days;

        // The head, shares, unallocated parts, the head, daily costs, the mark that they are complete.
        Assert.Equal(6, await CountAsync(place, () => days.StoreAsync(SomeDay.Of(), Token)));
        Assert.Equal(1, await CountAsync(place, () => days.StoreAsync(SomeDay.Of(), Token)));
        // The head that goes is kept. The old daily costs are known by it; they go in the batch that brings the new ones.
        Assert.Equal(7, await CountAsync(place, () => days.StoreAsync(SomeDay.Of("h2"), Token)));
        // Whoever has read the day's heads to decide need not read one again to write after it.
        await days.ReadAsync(null, Some.Day, Some.Day.AddDays(1), Token).CountAsync(Token);
        Assert.Equal(6, await CountAsync(place, () => days.StoreAsync(SomeDay.Of("h3"), Token)));
    }

    [Fact]
    public async Task A_look_a_file_a_record_and_a_claim_take_three_two_one_and_one()
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
            place, () => storage.Archive.AddRecordAsync(PortDump.Run, "github", Some.File("w.json", "1"), Token)));
        Assert.Equal(2, await CountAsync(
            place, () => storage.Archive.AddRecordAsync(PortDump.Run, "github", Some.File("w.json", "1"), Token)));
        Assert.Equal(1, await CountAsync(
            place, () => storage.Deliveries.ClaimAsync(PortDump.Delivery, Some.Time, Token)));
        Assert.Equal(1, await CountAsync(place, () => storage.Deliveries.IsClaimedAsync(PortDump.Delivery, Token)));
    }

    [Fact]
    public async Task A_run_from_webhook_to_daily_costs_takes_19_calls_and_its_repetitions_few()
    {
        var place = new AzureStorageUnderTest(azurite);
        var storage = await place.OpenAsync();
        var prices = PriceBookReader.Shipped();
        // As long as it is where nobody has set it.
        var queue = new DayQueue(
            storage.Queue, storage.Checkpoints, TimeProvider.System, TimeSpan.FromSeconds(20));
        var update = new UpdateRun(
            storage.Store, new FoldRun(storage.Store, storage.Archive, prices), queue, TimeProvider.System);
        var webhook = new ReceiveWorkflowRun(
            new RecordFinishedRun(storage.Store, storage.Archive, storage.Queue, new LedgerConfiguration()),
            storage.Deliveries, TimeProvider.System);
        var reconcile = new ReconcileDay(
            storage.Store, storage.Days, prices, new LedgerConfiguration(), TimeProvider.System);
        var log = Some.File("token-usage.jsonl", string.Join('\n', new[] { "gpt-5", "claude-sonnet-4.5", "gemini-2.5-pro" }
            .Select((model, at) => $$"""
                {"timestamp":"2026-09-14T10:00:0{{at}}Z","request_id":"r{{at}}","provider":"copilot","model":"{{model}}","input_tokens":100,"output_tokens":20}
                """)));
        // Somebody's upload is no call of the service.
        await storage.Archive.AddAsync(PortDump.Run, "logs", log, Token);

        Assert.Equal(3, await CountAsync(place, () => ReceiveAsync(webhook)));
        Assert.Equal(8, await CountAsync(place, () => update.ExecuteAsync(PortDump.Run, Token)));
        Assert.Equal(8, await CountAsync(place, () => reconcile.ExecuteAsync(Some.Day, Token)));

        var run = Assert.Single(await storage.Store.ReadRunAsync("github.com", 7, Token));
        Assert.Equal(3, run.Slices.Count);
        Assert.Equal("success", run.Facts.Conclusion);
        Assert.Equal(3, await storage.Days.ReadDailyCostsAsync(Some.Day, Some.Day.AddDays(1), Token).CountAsync(Token));
        // Put, list, claimed. Head and list. Head alone.
        Assert.Equal(3, await CountAsync(place, () => ReceiveAsync(webhook)));
        Assert.Equal(2, await CountAsync(place, () => update.ExecuteAsync(PortDump.Run, Token)));
        var item = await ItemAsync(place);
        Assert.Equal(1, await CountAsync(place, () => update.ExecuteAsync(PortDump.Run, null, item, null, Token)));
        // A mark that was made under other prices says nothing: the rows are made again.
        var other = new FoldRun(
            storage.Store, storage.Archive, new PriceBook(prices.Names, prices.Rows, [], "other prices"));
        Assert.True((await other.ExecuteAsync(PortDump.Run, null, item, null, Token)).IsChanged);
        await reconcile.ExecuteAsync(Some.Day, Token);
        // Of a bill: charges, shares, unallocated parts.
        await storage.Store.StoreObservationAsync(Some.Look(gross: 10), Token);
        Assert.Equal(8 + 3, await CountAsync(place, () => reconcile.ExecuteAsync(Some.Day, Token)));
    }

    [Fact]
    public async Task Two_runs_of_a_day_have_their_heads_read_in_one_call_and_two_far_apart_in_two()
    {
        var place = new AzureStorageUnderTest(azurite);
        var store = (await place.OpenAsync()).Store;
        await store.StoreRunAsync(Some.Run(7_001, slices: 1), Token);
        await store.StoreRunAsync(Some.Run(7_002, slices: 1), Token);
        Task ReadAsync() => store.ReadRunsAsync(Some.Day, Some.Day.AddDays(1), Token).CountAsync(Token).AsTask();

        Assert.Equal(3, await CountAsync(place, ReadAsync));
        await store.StoreRunAsync(Some.Run(90_000_000, slices: 1), Token);
        Assert.Equal(2 + 3, await CountAsync(place, ReadAsync));
    }

    private static async Task<string> ItemAsync(AzureStorageUnderTest place)
    {
        var logs = place.Services().Container(place.NameOf("run-logs"));
        await foreach (var blob in logs.ListAsync("github.com/acme/api/7/1/logs/", cancellationToken: Token))
            return ArchiveMark.ItemOf(blob.Name, blob.Properties.ETag.ToString());
        throw new InvalidOperationException("The upload is not there.");
    }

    private static Task<WebhookOutcome> ReceiveAsync(ReceiveWorkflowRun webhook) => webhook.ExecuteAsync(
        PortDump.Delivery, "workflow_run",
        """
        {"action":"completed","workflow_run":{"id":7,"name":"Triage","path":".github/workflows/triage.lock.yml",
        "run_attempt":1,"event":"issues","status":"completed","conclusion":"success",
        "created_at":"2026-09-14T09:59:00Z","run_started_at":"2026-09-14T09:59:00Z","actor":{"login":"alice"},
        "pull_requests":[]},"repository":{"id":99,"full_name":"Acme/Api"}}
        """u8.ToArray(),
        Token);

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
