using TokenLedger.Application.Messages;
using TokenLedger.Application.Reconciling;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Reconciling;

public sealed class DayQueueTests : IAsyncDisposable
{
    private readonly Workplace place = new();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private Task AddAsync() => place.DayQueue.AddAsync(Workplace.Day, Workplace.Token);

    [Fact]
    public async Task Many_changes_of_a_day_are_one_message_that_waits_for_more()
    {
        for (var i = 0; i < 5; i++)
            await AddAsync();
        Assert.Equal([new ReconcileDayMessage(Workplace.Day)], place.Queue.Waiting);
        Assert.Null(place.Queue.Take(QueueNames.ReconcileDay));
        place.Clock.Now += Workplace.ReconcilingDelay;
        Assert.NotNull(place.Queue.Take(QueueNames.ReconcileDay));
    }

    [Fact]
    public async Task Another_day_is_another_message()
    {
        await AddAsync();
        await place.DayQueue.AddAsync(Workplace.Day.AddDays(1), Workplace.Token);
        Assert.Equal(2, place.Queue.Waiting.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(19, 1)]
    [InlineData(20, 2)]
    public async Task A_mark_is_not_set_when_the_message_may_be_seen_already(int secondsToQueue, int messages)
    {
        var slow = new SlowWorkQueue(place.Queue, place.Clock, TimeSpan.FromSeconds(secondsToQueue));
        await new DayQueue(slow, place.Checkpoints, place.Clock, Workplace.ReconcilingDelay).AddAsync(Workplace.Day, Workplace.Token);

        await AddAsync();

        Assert.Equal(messages, place.Queue.Waiting.Count);
    }

    [Fact]
    public async Task A_mark_that_has_outlived_its_message_counts_for_nothing()
    {
        await AddAsync();
        place.Clock.Now += TimeSpan.FromMinutes(15);
        await AddAsync();
        Assert.Equal(2, place.Queue.Waiting.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public async Task Killed_before_any_call_a_day_is_queued_at_least_once(int call, int messages)
    {
        place.Kill.Arm(call);
        await Assert.ThrowsAsync<ProcessKilledException>(AddAsync);
        place.Kill.Arm(null);
        await AddAsync();
        Assert.Equal(messages, place.Queue.Waiting.Count);
    }
}
