using System.Collections.Concurrent;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Tests.Served;
using TokenLedger.Hosting.Workers;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Hosting.Tests.Workers;

public sealed class QueueWorkerTests : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tokenledger-worker-");
    private readonly ManualClock clock = new(new DateTimeOffset(2026, 10, 12, 9, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<string> log = [];
    private readonly SqliteLedgerStorage storage;
    private readonly ProviderSources sources;
    private readonly PausedLedgerStore paused;

    public QueueWorkerTests()
    {
        storage = new SqliteLedgerStorage(Ledger, clock);
        sources = new ProviderSources(new(), new(), clock);
        paused = new PausedLedgerStore(storage.Store);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Ledger => Path.Combine(folder.FullName, "ledger.db");

    public async ValueTask DisposeAsync()
    {
        sources.Dispose();
        await storage.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_that_fails_rests_for_30_seconds_and_is_poison_with_an_alert_after_five_tries()
    {
        await EnqueueAsync();
        await SpoiltLedger.SpoilAllAsync(Ledger, "{\"collectRun9\":{}}");
        var worker = Worker(storage);
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            Assert.True(await worker.WorkOnceAsync(Token));
            clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
            Assert.False(await worker.WorkOnceAsync(Token));
            clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.False(await worker.WorkOnceAsync(Token));
        var poison = Assert.Single(await storage.Receiver.ReadPoisonAsync(QueueNames.CollectRun, Token).ToListAsync(Token));
        Assert.Equal(("{\"collectRun9\":{}}", 5), (poison.Text, poison.DequeueCount));
        var alert = Assert.Single(await storage.Alerts.ReadAsync(Token).ToListAsync(Token));
        Assert.Equal((Alert.FailedMessage, 5, true), (alert.Kind, alert.Count, alert.IsOpen));
        Assert.Equal(5, log.Count);
    }

    [Fact]
    public async Task A_message_that_ended_the_process_each_time_is_poison_and_not_tried_again()
    {
        await EnqueueAsync();
        await SpoiltLedger.CountAllAsync(Ledger, 5);

        Assert.True(await Worker(new PausedStorage(storage, paused)).WorkOnceAsync(Token));

        Assert.False(paused.Entered.IsCompleted);
        Assert.Single(await storage.Receiver.ReadPoisonAsync(QueueNames.CollectRun, Token).ToListAsync(Token));
        Assert.True(Assert.Single(await storage.Alerts.ReadAsync(Token).ToListAsync(Token)).IsOpen);
    }

    [Fact]
    public async Task A_bad_message_does_not_hold_up_the_next()
    {
        await EnqueueAsync();
        await SpoiltLedger.SpoilAllAsync(Ledger, "no JSON at all");
        await EnqueueAsync();
        var worker = Worker(storage);

        Assert.True(await worker.WorkOnceAsync(Token));
        Assert.True(await worker.WorkOnceAsync(Token));
        Assert.False(await worker.WorkOnceAsync(Token));

        Assert.Equal(1, (await DepthAsync()).Messages);
    }

    [Fact]
    public async Task A_stop_lets_the_message_at_hand_be_finished()
    {
        using var stop = new CancellationTokenSource();
        await EnqueueAsync();
        var work = Worker(new PausedStorage(storage, paused)).WorkOnceAsync(stop.Token);
        await paused.Entered.WaitAsync(Token);

        await stop.CancelAsync();
        clock.Advance(QueueWorker.Patience - TimeSpan.FromTicks(1));
        paused.Open();

        Assert.True(await work);
        Assert.Equal(0, (await DepthAsync()).Messages);
    }

    [Fact]
    public async Task A_message_that_takes_too_long_after_a_stop_is_visible_at_once()
    {
        using var stop = new CancellationTokenSource();
        await EnqueueAsync();
        var work = Worker(new PausedStorage(storage, paused)).WorkOnceAsync(stop.Token);
        await paused.Entered.WaitAsync(Token);

        await stop.CancelAsync();
        clock.Advance(QueueWorker.Patience);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.True(await Worker(storage).WorkOnceAsync(Token));
        Assert.Equal(0, (await DepthAsync()).Messages);
        Assert.Empty(log);
    }

    private Task EnqueueAsync() => storage.Queue.EnqueueAsync(
        new CollectRunMessage(RunIdentity.Of("github.com", "acme/api", 101, 1)!, InstallationId: 9), TimeSpan.Zero, Token);

    private async Task<QueueDepth> DepthAsync() =>
        (await storage.QueueDepths.ReadDepthsAsync(Token)).Single(depth => depth.QueueName == QueueNames.CollectRun);

    private QueueWorker Worker(ILedgerStorage over) => new(
        "CollectRun", QueueNames.CollectRun, storage.Receiver,
        new LedgerServices(over, new(), PriceBookReader.Shipped(), sources, clock), log.Enqueue, clock);
}
