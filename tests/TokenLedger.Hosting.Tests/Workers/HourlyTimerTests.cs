using System.Globalization;
using TokenLedger.Hosting.Tests.Served;
using TokenLedger.Hosting.Workers;

namespace TokenLedger.Hosting.Tests.Workers;

public sealed class HourlyTimerTests
{
    [Theory]
    [InlineData("2026-10-12T09:00:00Z", "00:07:00")]
    [InlineData("2026-10-12T09:06:59.9999999Z", "00:00:00.0000001")]
    [InlineData("2026-10-12T09:07:00Z", "01:00:00")]
    [InlineData("2026-10-12T09:07:00.0000001Z", "00:59:59.9999999")]
    [InlineData("2026-10-12T23:59:59Z", "00:07:01")]
    [InlineData("2026-12-31T23:30:00Z", "00:37:00")]
    public void The_next_time_is_always_ahead(string now, string expected) => Assert.Equal(
        TimeSpan.Parse(expected, CultureInfo.InvariantCulture),
        new HourlyTimer(7, static _ => Task.CompletedTask, TimeProvider.System)
            .UntilNext(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-10-12T09:00:00Z", "00:03:00")]
    [InlineData("2026-10-12T09:03:00Z", "00:15:00")]
    [InlineData("2026-10-12T09:17:59Z", "00:00:01")]
    [InlineData("2026-10-12T09:48:00Z", "00:15:00")]
    [InlineData("2026-10-12T23:59:00Z", "00:04:00")]
    public void A_timer_of_a_quarter_of_an_hour_keeps_its_minutes(string now, string expected) => Assert.Equal(
        TimeSpan.Parse(expected, CultureInfo.InvariantCulture),
        new HourlyTimer(3, static _ => Task.CompletedTask, TimeProvider.System, distance: 15)
            .UntilNext(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)));

    [Fact]
    public async Task It_works_once_an_hour_until_it_is_stopped()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 10, 12, 9, 0, 0, TimeSpan.Zero));
        using var stop = new CancellationTokenSource();
        var works = 0;
        var timer = new HourlyTimer(7, _ => Task.FromResult(++works), clock).RunAsync(stop.Token);
        await AdvanceAsync(TimeSpan.FromMinutes(6), expected: 0);
        await AdvanceAsync(TimeSpan.FromMinutes(1), expected: 1);
        await AdvanceAsync(TimeSpan.FromMinutes(59), expected: 1);
        await AdvanceAsync(TimeSpan.FromMinutes(1), expected: 2);

        await stop.CancelAsync();

        await timer;

        async Task AdvanceAsync(TimeSpan by, int expected)
        {
            await Eventually.TrueAsync("the timer waits", () => clock.IsAwaited);
            clock.Advance(by);
            await Eventually.TrueAsync("the timer waits again", () => clock.IsAwaited);
            Assert.Equal(expected, works);
        }
    }
}
