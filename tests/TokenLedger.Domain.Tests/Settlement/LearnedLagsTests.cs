using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Domain.Tests.Settlement;

public sealed class LearnedLagsTests
{
    private static readonly BillingAccount Account = new("github", BillingAccountKind.Organization, "acme");
    private static readonly DateOnly First = new(2026, 8, 1);

    [Fact]
    public void Too_few_closed_days_teach_nothing()
    {
        Assert.Null(LearnedLags.Of([]));
        Assert.Null(LearnedLags.Of(Days(19, day => day)));
        Assert.NotNull(LearnedLags.Of(Days(20, day => day)));
    }

    [Fact]
    public void Only_days_that_closed_without_a_reason_count()
    {
        var open = Days(40, day => 99).Select(day => day with { Status = SettlementStatus.Settled });
        var unreachable = Days(40, day => 99).Select(day => day with { Reason = SettlementReason.Unreachable });

        var lags = LearnedLags.Of(open.Concat(unreachable).Concat(Days(20, _ => 5)))!;

        Assert.Equal((20, TimeSpan.FromDays(5)), (lags.Days, lags.LastChanged95));
    }

    [Fact]
    public void A_day_that_was_first_asked_for_weeks_later_teaches_nothing() => Assert.Null(
        LearnedLags.Of(Days(60, _ => 40).Select(day => day with { Observations = LearnedLags.LooksMin - 1 })));

    [Fact]
    public void No_more_than_three_weeks_are_learned() =>
        Assert.Equal(LearnedLags.LagMax, LearnedLags.Of(Days(60, _ => 40))!.LastChanged95);

    [Fact]
    public void Percentiles_are_lags_that_were_seen()
    {
        var lags = LearnedLags.Of(Days(20, day => 1 + day))!;

        Assert.Equal(TimeSpan.FromDays(10), lags.LastChangedMedian);
        Assert.Equal(TimeSpan.FromDays(19), lags.LastChanged95);
        Assert.Equal(TimeSpan.FromHours(6), lags.FirstSeenMedian);
        Assert.Equal(TimeSpan.FromHours(6), lags.FirstSeen95);
    }

    [Fact]
    public void The_newest_60_days_count()
    {
        var lags = LearnedLags.Of(Days(100, day => day < 40 ? 15 : 2))!;

        Assert.Equal((60, TimeSpan.FromDays(2)), (lags.Days, lags.LastChanged95));
    }

    [Fact]
    public void A_day_settles_no_sooner_than_by_default_and_later_where_bills_came_later()
    {
        Assert.Equal(TimeSpan.FromDays(4), SettlementPolicy.GitHub.Learned(LearnedLags.Of(Days(30, _ => 1))).SettledAge);
        Assert.Equal(TimeSpan.FromDays(9), SettlementPolicy.GitHub.Learned(LearnedLags.Of(Days(30, _ => 9))).SettledAge);
        Assert.Same(SettlementPolicy.GitHub, SettlementPolicy.GitHub.Learned(null));
        Assert.Same(PollPolicy.GitHub, PollPolicy.GitHub.Learned(LearnedLags.Of(Days(30, _ => 1))));
        Assert.Equal(
            TimeSpan.FromDays(10), PollPolicy.GitHub.Learned(LearnedLags.Of(Days(30, _ => 9))).OftenUntilDayEnd);
    }

    // The day's number from 0, and how many days after its end its bill changed last.
    private static IEnumerable<DaySettlement> Days(int count, Func<int, int> lagDays) => Enumerable.Range(0, count)
        .Select(number =>
        {
            var day = First.AddDays(number);
            var end = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(1);
            return new DaySettlement(
                Account, day, SettlementStatus.Closed, LearnedLags.LooksMin, end.AddHours(6), end.AddDays(lagDays(number)));
        });
}
