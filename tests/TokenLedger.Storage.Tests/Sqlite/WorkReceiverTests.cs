using System.Collections.Concurrent;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Sqlite.Queues;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class WorkReceiverTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder folder = new();
    private readonly MovableClock clock = new(Some.Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_message_is_handed_out_once_and_again_after_its_visibility_timeout()
    {
        var queue = Open();
        await SendAsync(queue, 1);

        var first = await ReceiveAsync(queue);
        Assert.Null(await ReceiveAsync(Open()));
        clock.Now += Minute - TimeSpan.FromTicks(1);
        Assert.Null(await ReceiveAsync(queue));
        clock.Now += TimeSpan.FromTicks(1);
        var second = await ReceiveAsync(Open());

        Assert.Equal((1L, 2L), (first!.DequeueCount, second!.DequeueCount));
        Assert.Equal(
            (first.MessageId, first.Text, Some.Time), (second.MessageId, second.Text, second.EnqueuedAt));
    }

    [Fact]
    public async Task A_completed_message_is_gone()
    {
        var queue = Open();
        await SendAsync(queue, 1);
        var message = await ReceiveAsync(queue);

        Assert.Equal(ReceiptOutcome.Done, await queue.CompleteAsync(message!, Token));
        Assert.Equal(ReceiptOutcome.Stale, await queue.CompleteAsync(message!, Token));

        clock.Now += Minute;
        Assert.Null(await ReceiveAsync(queue));
    }

    [Fact]
    public async Task A_receipt_is_good_until_somebody_else_receives_the_message_and_then_stale()
    {
        var queue = Open();
        await SendAsync(queue, 1);
        await SendAsync(queue, 2);
        var slow = await ReceiveAsync(queue);
        var late = await ReceiveAsync(queue);
        clock.Now += Minute;
        Assert.Equal(ReceiptOutcome.Done, await queue.CompleteAsync(late!, Token));
        var other = await ReceiveAsync(Open());

        Assert.Equal(slow!.MessageId, other!.MessageId);
        Assert.Equal(ReceiptOutcome.Stale, await queue.CompleteAsync(slow, Token));
        Assert.Equal(ReceiptOutcome.Stale, await queue.ReleaseAsync(slow, TimeSpan.Zero, Token));
        Assert.Equal(ReceiptOutcome.Stale, await queue.MoveToPoisonAsync(slow, Token));
        Assert.Equal(ReceiptOutcome.Done, await queue.CompleteAsync(other, Token));
    }

    [Fact]
    public async Task A_receipt_of_a_message_that_is_gone_does_not_fit_a_later_one()
    {
        var queue = Open();
        await SendAsync(queue, 1);
        var gone = await ReceiveAsync(queue);
        await queue.CompleteAsync(gone!, Token);
        await SendAsync(queue, 2);
        var later = await ReceiveAsync(queue);

        Assert.Equal(ReceiptOutcome.Stale, await queue.CompleteAsync(gone!, Token));
        Assert.Equal(ReceiptOutcome.Done, await queue.CompleteAsync(later!, Token));
    }

    [Fact]
    public async Task A_released_message_is_seen_after_the_delay_and_its_receipt_is_stale()
    {
        var queue = Open();
        await SendAsync(queue, 1);
        var message = await ReceiveAsync(queue);

        Assert.Equal(ReceiptOutcome.Done, await queue.ReleaseAsync(message!, TimeSpan.FromSeconds(5), Token));
        Assert.Equal(ReceiptOutcome.Stale, await queue.CompleteAsync(message!, Token));
        Assert.Null(await ReceiveAsync(queue));
        clock.Now += TimeSpan.FromSeconds(5);

        Assert.Equal(2, (await ReceiveAsync(queue))!.DequeueCount);
    }

    [Fact]
    public async Task A_delayed_message_comes_when_its_delay_is_over_and_what_waited_longest_comes_first()
    {
        var queue = Open();
        await SendAsync(queue, 1, delay: 30);
        await SendAsync(queue, 2, delay: 10);
        await SendAsync(queue, 3);
        await SendAsync(queue, 4);

        var order = new List<long?>();
        foreach (var seconds in new[] { 0, 9, 21 })
        {
            clock.Now += TimeSpan.FromSeconds(seconds);
            while (await ReceiveAsync(queue, timeoutMinutes: 60) is { } message)
                order.Add(NumberOf(message));
            order.Add(null);
        }

        Assert.Equal([3, 4, null, null, 2, 1, null], order);
    }

    [Fact]
    public async Task A_message_that_was_given_up_waits_for_a_person_and_is_never_handed_out()
    {
        var queue = Open();
        await SendAsync(queue, 1);
        await SendAsync(queue, 2);
        for (var number = 1; number <= 2; number++)
        {
            var message = await ReceiveAsync(queue);
            clock.Now += TimeSpan.FromSeconds(1);
            Assert.Equal(ReceiptOutcome.Done, await queue.MoveToPoisonAsync(message!, Token));
            Assert.Equal(ReceiptOutcome.Stale, await queue.CompleteAsync(message!, Token));
        }

        clock.Now += Minute;
        Assert.Null(await ReceiveAsync(queue));
        var poison = await Open().ReadPoisonAsync(QueueNames.CollectRun, Token).ToListAsync(Token);
        Assert.Equal([1L, 2L], poison.Select(message => Read(message.Text).InstallationId));
        Assert.Equal(
            (QueueNames.CollectRun, 1L, Some.Time, Some.Time.AddSeconds(1)),
            (poison[0].QueueName, poison[0].DequeueCount, poison[0].EnqueuedAt, poison[0].PoisonedAt));
        Assert.Empty(await queue.ReadPoisonAsync(QueueNames.ReconcileDay, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Depths_tell_number_and_oldest_age_of_every_queue_and_its_poison()
    {
        var queue = Open();
        await SendAsync(queue, 1);
        clock.Now += Minute;
        await SendAsync(queue, 2);
        await SendAsync(queue, 3, delay: 60);
        await queue.EnqueueAsync(new ReconcileDayMessage(Some.Day), TimeSpan.Zero, Token);
        await queue.MoveToPoisonAsync((await ReceiveAsync(queue))!, Token);
        clock.Now += Minute;

        Assert.Equal(
            [
                new QueueDepth("collect-run", 2, Minute),
                new QueueDepth("collect-run-poison", 1, 2 * Minute),
                new QueueDepth("evaluate-budgets", 0, null), new QueueDepth("evaluate-budgets-poison", 0, null),
                new QueueDepth("export-report", 0, null), new QueueDepth("export-report-poison", 0, null),
                new QueueDepth("log-uploaded", 0, null),
                new QueueDepth("log-uploaded-poison", 0, null),
                new QueueDepth("reconcile-day", 1, Minute),
                new QueueDepth("reconcile-day-poison", 0, null),
            ],
            await queue.ReadDepthsAsync(Token));
    }

    [Fact]
    public async Task Many_receivers_share_the_messages_and_none_is_handed_out_twice()
    {
        for (var number = 0; number < 60; number++)
            await SendAsync(Open(), number);
        var received = new ConcurrentBag<long?>();
        async Task DrainAsync()
        {
            var queue = Open();
            while (await ReceiveAsync(queue) is { } message)
            {
                received.Add(NumberOf(message));
                Assert.Equal(ReceiptOutcome.Done, await queue.CompleteAsync(message, Token));
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(DrainAsync, Token)));

        Assert.Equal(Enumerable.Range(0, 60).Select(number => (long?)number), received.Order());
    }

    [Fact]
    public async Task A_receiver_that_dies_before_any_write_loses_nothing()
    {
        await SendAsync(Open(), 1);
        var dying = new SqliteWorkQueue(folder.Path("ledger.db"), clock, () => throw new KilledException());
        await Assert.ThrowsAsync<KilledException>(() => ReceiveAsync(dying));
        var message = await ReceiveAsync(Open());
        await Assert.ThrowsAsync<KilledException>(() => dying.CompleteAsync(message!, Token));
        await Assert.ThrowsAsync<KilledException>(() => dying.ReleaseAsync(message!, TimeSpan.Zero, Token));
        await Assert.ThrowsAsync<KilledException>(() => dying.MoveToPoisonAsync(message!, Token));

        Assert.Equal(1, message!.DequeueCount);
        Assert.Equal(ReceiptOutcome.Done, await Open().CompleteAsync(message, Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(7 * 24 * 60 + 1)]
    public async Task A_visibility_timeout_outside_of_seven_days_is_a_mistake(int minutes) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReceiveAsync(Open(), minutes));

    private static Task SendAsync(SqliteWorkQueue queue, long number, int delay = 0) => queue.EnqueueAsync(
        new CollectRunMessage(new RunIdentity("github.com", "acme", "api", 7, 1), number),
        TimeSpan.FromSeconds(delay), Token);

    private static Task<ReceivedMessage?> ReceiveAsync(SqliteWorkQueue queue, int timeoutMinutes = 1) =>
        queue.ReceiveAsync(QueueNames.CollectRun, TimeSpan.FromMinutes(timeoutMinutes), Token);

    private static CollectRunMessage Read(string text) =>
        Assert.IsType<CollectRunMessage>(MessageFormat.Read(text)!.Message);

    private static long? NumberOf(ReceivedMessage message) => Read(message.Text).InstallationId;

    private SqliteWorkQueue Open() => new(folder.Path("ledger.db"), clock);
}
