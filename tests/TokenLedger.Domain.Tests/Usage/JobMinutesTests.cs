using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Usage;

public sealed class JobMinutesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(59, 1)]
    [InlineData(60, 1)]
    [InlineData(61, 2)]
    [InlineData(180, 3)]
    [InlineData(21_600, 360)]
    public void A_job_is_rounded_up_to_whole_minutes(int seconds, long minutes) =>
        Assert.Equal(minutes, JobMinutes.Of(Start, Start.AddSeconds(seconds)));

    [Fact]
    public void Every_whole_number_of_minutes_of_five_days_is_itself() => Assert.All(
        Enumerable.Range(0, 7_201), minutes => Assert.Equal(minutes, JobMinutes.Of(Start, Start.AddMinutes(minutes))));
}
