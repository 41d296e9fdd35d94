using TokenLedger.Application.Messages;
using TokenLedger.Application.Reconciling;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Reconciling;

public sealed class DayQueueTests : IAsyncDisposable
{
    private readonly Workplace place = new();

    // One process; another one is place.DayQueue.
    private readonly DayQueue process;

    public DayQueueTests() => process = place.DayQueue;

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private Task AddAsync() => AddAsync(process);

    private static Task AddAsync(DayQueue queue) => queue.AddAsync(Workplace.Day, Workplace.Token);

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
        await process.AddAsync(Workplace.Day.AddDays(1), Workplace.Token);
        Assert.Equal(2, place.Queue.Waiting.Count);
    }

    [Fact]
    public async Task A_single_change_costs_one_call_and_sets_no_mark()
    {
        await AddAsync();
        Assert.Equal(1, place.Kill.Calls);
        Assert.Empty(await place.Checkpoints.ReadAsync("", Workplace.Token).ToListAsync(Workplace.Token));
    }

    [Fact]
    public async Task Processes_that_meet_a_crowd_share_one_message_from_its_second_on()
    {
        var others = new[] { place.DayQueue, place.DayQueue };
        foreach (var one in others.Append(process))
            await AddAsync(one);
        Assert.Equal(3, place.Queue.Waiting.Count);
        place.Clock.Now += Workplace.ReconcilingDelay;
        foreach (var one in others.Append(process))
            await AddAsync(one);
        Assert.Equal(4, place.Queue.Waiting.Count);
        place.Clock.Now += TimeSpan.FromHours(1);
        await AddAsync();
        Assert.Equal(5, place.Queue.Waiting.Count);
    }

    [Fact]
    public async Task A_clock_that_was_put_back_hides_no_change()
    {
        await AddAsync();
        place.Clock.Now -= TimeSpan.FromMinutes(1);
        await AddAsync();
        Assert.Equal(2, place.Queue.Waiting.Count);
    }

    // It counts while nobody can have seen the message; five seconds are left for clocks that differ.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    [InlineData(900, 2)]
    public async Task A_message_counts_only_while_it_is_hidden(int secondsLater, int messages)
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
        var queue = new DayQueue(slow, place.Checkpoints, place.Clock, Workplace.ReconcilingDelay);
        await AddAsync(queue);

        await AddAsync(queue);

        Assert.Equal(messages, place.Queue.Waiting.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public async Task Killed_before_any_call_of_a_crowds_a_day_is_queued_at_least_once(int call, int messages)
    {
        await AddAsync();
        place.Clock.Now += Workplace.ReconcilingDelay;
        Assert.NotNull(place.Queue.Take(QueueNames.ReconcileDay));
        var before = place.Queue.Waiting.Count;
        place.Kill.Arm(call);
        await Assert.ThrowsAsync<ProcessKilledException>(AddAsync);
        place.Kill.Arm(null);
        await AddAsync(place.DayQueue);
        Assert.Equal(before + messages, place.Queue.Waiting.Count);
    }
}
