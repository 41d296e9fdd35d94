using System.Globalization;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Usage;

public sealed class UnseenUsageTests
{
    [Theory]
    [InlineData("2026-11-02T18:00Z", null, null)]
    [InlineData("2026-11-02T18:00:01Z", null, "2026-11-03")]
    [InlineData("2026-11-02T12:00Z", null, null)]
    [InlineData("2026-11-02T22:51Z", 10L, "2026-11-03")]
    [InlineData("2026-11-02T22:52Z", 9L, "2026-11-03")]
    [InlineData("2026-11-02T22:51Z", 8L, null)]
    // More than the longest, and more than a time span holds.
    [InlineData("2026-11-02T17:59Z", long.MaxValue, null)]
    [InlineData("2026-11-02T18:01Z", 350L, "2026-11-03")]
    [InlineData("2026-11-02T23:59Z", 0L, "2026-11-03")]
    // In UTC, whatever the offset.
    [InlineData("2026-11-03T01:00+08:00", null, null)]
    [InlineData("2026-11-02T13:00-08:00", null, "2026-11-03")]
    [InlineData("9999-12-31T23:00Z", null, null)]
    public void An_attempt_reaches_into_the_next_day_when_it_may_have_run_then(
        string startedAt, long? minutes, string? expected)
    {
        var run = Run(startedAt) with { ActionsMinutes = minutes };

        Assert.Equal(expected is null ? null : Day(expected), UnseenUsage.NextDayOf(run));
    }

    [Fact]
    public void Nothing_is_known_without_a_start()
    {
        var run = new RunFacts(new RunKey(RunKey.PublicHost, 1, 1), "acme", "acme/web");

        Assert.Null(UnseenUsage.StartDayOf(run));
        Assert.Null(UnseenUsage.NextDayOf(run));
    }

    [Fact]
    public void Minutes_that_become_known_never_reach_further()
    {
        foreach (var hour in Enumerable.Range(0, 24))
        {
            var run = Run(string.Create(CultureInfo.InvariantCulture, $"2026-11-02T{hour:00}:30Z"));
            foreach (var minutes in new long[] { 0, 1, 60, 299, 300, 301, 360, 10_000 })
            {
                var next = UnseenUsage.NextDayOf(run with { ActionsMinutes = minutes });
                Assert.True(next is null || next == UnseenUsage.NextDayAtMostOf(run));
            }
        }
    }

    private static RunFacts Run(string startedAt) => new(new RunKey(RunKey.PublicHost, 1, 1), "acme", "acme/web")
    {
        StartedAt = DateTimeOffset.Parse(startedAt, CultureInfo.InvariantCulture),
    };

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture);
}
