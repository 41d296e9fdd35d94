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

    // The mark counts while nobody can have seen the message; five seconds are left for clocks that differ.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    [InlineData(900, 2)]
    public async Task A_mark_counts_only_while_its_message_is_hidden(int secondsLater, int messages)
    {
        await AddAsync();
        place.Clock.Now += TimeSpan.FromSeconds(secondsLater);

        await AddAsync();

        Assert.Equal(messages, place.Queue.Waiting.Count);
    }

    [Theory]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    public async Task A_message_that_is_queued_slowly_hides_no_change_after_it_is_seen(int secondsToQueue, int messages)
    {
        var slow = new SlowWorkQueue(place.Queue, place.Clock, TimeSpan.FromSeconds(secondsToQueue));
        await new DayQueue(slow, place.Checkpoints, place.Clock, Workplace.ReconcilingDelay)
            .AddAsync(Workplace.Day, Workplace.Token);

        await AddAsync();

        Assert.Equal(messages, place.Queue.Waiting.Count);
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
