using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Tests;

public sealed class PoisonAlertsTests : IAsyncDisposable
{
    private readonly Workplace place = new();
    private long poisoned;

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task A_poison_queue_opens_one_alert_and_emptying_it_closes_what_it_told()
    {
        await new FailedMessages(place.Alerts, place.Clock).AddAsync(
            QueueNames.CollectRun, "text", "why.", QueueNames.DequeueCountMax, Workplace.Token);
        await new FailedMessages(place.Alerts, place.Clock).AddAsync(
            QueueNames.ReconcileDay, "text", "why.", QueueNames.DequeueCountMax, Workplace.Token);
        poisoned = 2;
        await CheckAsync();
        await CheckAsync();

        Assert.Equal(
            [(Alert.FailedMessage, true), (Alert.FailedMessage, true), (Alert.PoisonQueue, true)], await AlertsAsync());
        var opened = await place.Alerts.FindAsync(Alert.PoisonQueue, "collect-run-poison", Workplace.Token);
        Assert.Equal((2L, place.Clock.Now), (opened!.Count, opened.FirstAt));

        poisoned = 0;
        await CheckAsync();

        // The message of the other queue still lies on its own poison queue as far as anybody knows.
        Assert.Equal(
            [(Alert.FailedMessage, false), (Alert.FailedMessage, true), (Alert.PoisonQueue, false)], await AlertsAsync());
    }

    private Task CheckAsync() =>
        new PoisonAlerts(new Depths(this), place.Alerts, place.Clock).CheckAsync(Workplace.Token);

    private async Task<List<(string, bool)>> AlertsAsync() => await place.Alerts.ReadAsync(Workplace.Token)
        .Select(alert => (alert.Kind, alert.IsOpen)).ToListAsync(Workplace.Token);

    private sealed class Depths(PoisonAlertsTests test) : IQueueDepths
    {
        public Task<IReadOnlyList<QueueDepth>> ReadDepthsAsync(CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<QueueDepth>>(
            [
                new(QueueNames.CollectRun, 9, TimeSpan.Zero),
                new(QueueNames.PoisonOf(QueueNames.CollectRun), test.poisoned, null),
            ]);
    }
}
