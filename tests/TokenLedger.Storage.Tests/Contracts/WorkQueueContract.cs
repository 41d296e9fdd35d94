using System.Diagnostics;
using TokenLedger.Application.Messages;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Storage.Tests.Contracts;

public abstract class WorkQueueContract(IStorageUnderTest storage) : StorageContract(storage)
{
    private static readonly CollectRunMessage Collect =
        new(new RunIdentity("github.com", "Acme", "Api", 7, 2, 99), 1234);

    public static TheoryData<string> HostileTexts => Hostile.Texts();

    [Fact]
    public async Task A_message_arrives_on_its_own_queue_as_it_was_sent()
    {
        var queue = await Storage.OpenQueueAsync();

        await queue.EnqueueAsync(Collect, TimeSpan.Zero, Token);
        await queue.EnqueueAsync(new ReconcileDayMessage(Some.Day), TimeSpan.Zero, Token);
        await queue.EnqueueAsync(new EvaluateBudgetsMessage(Some.Day), TimeSpan.Zero, Token);

        Assert.Equal([Collect], await TakeAsync(QueueNames.CollectRun));
        Assert.Equal([new EvaluateBudgetsMessage(Some.Day)], await TakeAsync(QueueNames.EvaluateBudgets));
        Assert.Equal([new ReconcileDayMessage(Some.Day)], await TakeAsync(QueueNames.ReconcileDay));
        Assert.Empty(await TakeAsync(QueueNames.ReconcileDay));
    }

    [Fact]
    public async Task A_message_travels_with_the_trace_that_is_current()
    {
        var queue = await Storage.OpenQueueAsync();
        await queue.EnqueueAsync(Collect, TimeSpan.Zero, Token);
        using (var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            await queue.EnqueueAsync(new ReconcileDayMessage(Some.Day), TimeSpan.Zero, Token);

            var traced = Assert.Single(await Storage.TakeMessagesAsync(QueueNames.ReconcileDay));
            Assert.Contains(activity.TraceId.ToHexString(), MessageFormat.Read(traced)!.TraceParent!);
        }

        var plain = Assert.Single(await Storage.TakeMessagesAsync(QueueNames.CollectRun));
        Assert.Null(MessageFormat.Read(plain)!.TraceParent);
    }

    [Fact]
    public async Task A_message_is_not_seen_before_its_delay_is_over()
    {
        var queue = await Storage.OpenQueueAsync();

        await queue.EnqueueAsync(Collect, TimeSpan.FromHours(1), Token);
        await queue.EnqueueAsync(Collect, TimeSpan.FromDays(7), Token);

        Assert.Empty(await TakeAsync(QueueNames.CollectRun));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7 * 24 * 3600 + 1)]
    public async Task A_delay_outside_of_seven_days_is_a_mistake(int seconds)
    {
        var queue = await Storage.OpenQueueAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => queue.EnqueueAsync(Collect, TimeSpan.FromSeconds(seconds), Token));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task A_message_may_hold_any_text(string text)
    {
        var queue = await Storage.OpenQueueAsync();
        await queue.EnqueueAsync(
            new CollectRunMessage(new RunIdentity(text, text, text, 1, 1), null), TimeSpan.Zero, Token);

        var sent = Assert.Single(await Storage.TakeMessagesAsync(QueueNames.CollectRun));

        Assert.Equal(
            MessageFormat.Write(new CollectRunMessage(new RunIdentity(text, text, text, 1, 1), null), null), sent);
    }

    [Fact]
    public async Task A_message_of_more_than_48_KiB_is_a_mistake_and_is_not_queued()
    {
        var queue = await Storage.OpenQueueAsync();
        var large = Collect with { Run = Collect.Run with { Owner = new string('x', 48 * 1024) } };

        await Assert.ThrowsAnyAsync<ArgumentException>(() => queue.EnqueueAsync(large, TimeSpan.Zero, Token));

        Assert.Empty(await Storage.TakeMessagesAsync(QueueNames.CollectRun));
    }

    [Fact]
    public async Task Many_processes_lose_and_invent_nothing()
    {
        async Task SendAsync(int first)
        {
            var queue = await Storage.OpenQueueAsync();
            for (var id = first; id < first + 20; id++)
                await queue.EnqueueAsync(Collect with { InstallationId = id }, TimeSpan.Zero, Token);
        }

        await Task.WhenAll(Task.Run(() => SendAsync(0), Token), Task.Run(() => SendAsync(20), Token));

        Assert.Equal(
            Enumerable.Range(0, 40).Select(id => (long?)id),
            (await TakeAsync(QueueNames.CollectRun))
                .Select(message => ((CollectRunMessage)message).InstallationId).Order());
    }

    [Fact]
    public async Task A_process_that_dies_at_any_write_queues_the_message_when_it_comes_again()
    {
        var queue = await Storage.OpenQueueAsync();

        var writes = await KillAtEveryWriteAsync(
            _ => queue.EnqueueAsync(Collect, TimeSpan.Zero, Token),
            async _ =>
            {
                await Storage.TakeMessagesAsync(QueueNames.CollectRun);
                await queue.EnqueueAsync(Collect, TimeSpan.Zero, Token);
                Assert.Equal([Collect], await TakeAsync(QueueNames.CollectRun));
            });

        Assert.True(writes >= 1);
        Assert.Equal([Collect], await TakeAsync(QueueNames.CollectRun));
    }

    private async Task<IReadOnlyList<LedgerMessage>> TakeAsync(string queueName) =>
        [.. (await Storage.TakeMessagesAsync(queueName)).Select(text => MessageFormat.Read(text)!.Message)];
}
