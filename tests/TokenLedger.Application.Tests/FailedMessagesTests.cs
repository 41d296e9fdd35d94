using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Tests;

public sealed class FailedMessagesTests : IAsyncDisposable
{
    private readonly Workplace place = new();

    public ValueTask DisposeAsync() => place.DisposeAsync();

    [Fact]
    public async Task Where_nobody_can_be_trusted_to_say_tries_within_an_hour_are_counted()
    {
        Assert.Equal([false, false, false, false, true], await FailAsync(5, dequeueCount: null));
        place.Clock.Now += TimeSpan.FromHours(1) + TimeSpan.FromTicks(1);
        Assert.Equal([false], await FailAsync(1, dequeueCount: null));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(long.MaxValue, true)]
    public async Task The_count_of_the_queue_itself_decides_where_it_is_known(long dequeueCount, bool isLast)
    {
        Assert.Equal([isLast], await FailAsync(1, dequeueCount));

        var alert = Assert.Single(await place.Alerts.ReadAsync(Workplace.Token).ToListAsync(Workplace.Token));
        Assert.Equal((Alert.FailedMessage, isLast), (alert.Kind, alert.IsOpen));
        Assert.DoesNotContain("secret-of-the-message", alert.Message + alert.Subject);
    }

    private async Task<IReadOnlyList<bool>> FailAsync(int times, long? dequeueCount)
    {
        var failures = new FailedMessages(place.Alerts, place.Clock);
        var isLast = new List<bool>();
        for (var time = 0; time < times; time++)
        {
            isLast.Add(await failures.AddAsync(
                QueueNames.CollectRun, "secret-of-the-message", "It failed.", dequeueCount, Workplace.Token));
        }

        return isLast;
    }
}
