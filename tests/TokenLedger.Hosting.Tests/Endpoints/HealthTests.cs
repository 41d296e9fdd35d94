using TokenLedger.Application.Health;
using TokenLedger.Application.Messages;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class HealthTests : IAsyncLifetime
{
    private ServedLedger served = null!;

    public async ValueTask InitializeAsync() => served = await ServedLedger.StartedAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task Every_queue_is_told_with_its_poison_queue()
    {
        var answer = await served.GetAsync("/api/health");

        Assert.Equal((200, "ok"), (answer.Status, answer.State));
        Assert.Equal(
            QueueNames.All.SelectMany(name => new[] { name, QueueNames.PoisonOf(name) }),
            answer.Json["queues"]!.AsArray().Select(queue => (string)queue!["name"]!));
        Assert.Contains("Cache-Control: no-store", answer.Headers);
    }

    [Fact]
    public async Task A_report_is_kept_for_five_seconds()
    {
        var clock = new ManualClock(served.Clock.GetUtcNow());
        var health = new ServiceHealth(
            served.Storage.QueueDepths, served.Storage.Checkpoints, served.Storage.Alerts, clock);
        var first = await health.ReadAsync();

        clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Same(first, await health.ReadAsync());
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.NotSame(first, await health.ReadAsync());
    }

    [Fact]
    public async Task The_last_success_of_each_function_is_told()
    {
        await Delivery.OfRun().SendAsync(served);
        await served.EmptiedAsync(QueueNames.CollectRun);
        await Eventually.TrueAsync("the success is noted", async () =>
            await served.Storage.Checkpoints.FindAsync("success/CollectRun", ServedLedger.Token) is not null);

        var answer = await served.GetAsync("/api/health");

        Assert.Equal(
            ["CollectRun", "GitHubWebhook"],
            answer.Json["functions"]!.AsArray().Select(function => (string)function!["name"]!));
    }

    [Fact]
    public async Task A_message_on_a_poison_queue_is_degraded_once_the_kept_answer_is_old()
    {
        Assert.Equal("ok", (await served.GetAsync("/api/health")).State);
        await PoisonAsync();
        served.Clock.Advance(TimeSpan.FromSeconds(5));

        var answer = await served.GetAsync("/api/health");

        Assert.Equal((200, "degraded"), (answer.Status, answer.State));
    }

    private async Task PoisonAsync()
    {
        await served.Storage.Queue.EnqueueAsync(
            new ReconcileDayMessage(new DateOnly(2026, 10, 1)), TimeSpan.FromHours(1), ServedLedger.Token);
        await SpoiltLedger.MoveAllAsync(served.Ledger);
    }
}
