using TokenLedger.Domain.IncludedCredits;

namespace TokenLedger.Domain.Tests.IncludedCredits;

public sealed class IncludedPoolTests
{
    private static readonly DateOnly November = new(2026, 11, 1);

    [Theory]
    [InlineData(SeatPlan.Business, false, "2026-07-15", 1_900)]
    [InlineData(SeatPlan.Enterprise, false, "2026-07-15", 3_900)]
    [InlineData(SeatPlan.Business, true, "2026-05-31", 1_900)]
    [InlineData(SeatPlan.Business, true, "2026-06-01", 3_000)]
    [InlineData(SeatPlan.Enterprise, true, "2026-08-31", 7_000)]
    [InlineData(SeatPlan.Enterprise, true, "2026-09-01", 3_900)]
    public void A_seat_brings_what_its_plan_and_the_day_say(SeatPlan plan, bool isPromotional, string day, int aiCredits) =>
        Assert.Equal(
            3m * aiCredits,
            new IncludedGrant { Plan = plan, Seats = 3, IsPromotional = isPromotional }.AiCreditsOn(DateOnly.Parse(day)));

    [Fact]
    public void A_month_without_a_grant_has_no_known_pool()
    {
        Assert.Null(IncludedPool.AiCreditsOf([], November));
        Assert.Null(IncludedPool.AiCreditsOf([Seats(1) with { From = new(2026, 12, 1) }], November));
        Assert.Null(IncludedPool.AiCreditsOf([Seats(1) with { To = November }], November));
        Assert.Equal(0, IncludedPool.AiCreditsOf([new IncludedGrant { PoolAiCredits = 0 }], November));
    }

    [Fact]
    public void Added_seats_count_at_once_and_seats_taken_away_until_the_month_ends()
    {
        IncludedGrant[] grants =
        [
            Seats(10) with { To = new(2026, 11, 20) },
            Seats(5) with { From = new(2026, 11, 15) },
            Seats(2) with { From = new(2026, 11, 30) },
        ];

        Assert.Equal(15 * 1_900m, IncludedPool.AiCreditsOf(grants, November));
        Assert.Equal(7 * 1_900m, IncludedPool.AiCreditsOf(grants, new(2026, 12, 24)));
        Assert.Equal(10 * 1_900m, IncludedPool.AiCreditsOf(grants, new(2026, 10, 1)));
    }

    [Fact]
    public void Seats_and_pools_add_up() => Assert.Equal(
        (2 * 1_900m) + 500m,
        IncludedPool.AiCreditsOf([Seats(2), new IncludedGrant { PoolAiCredits = 500 }], November));

    private static IncludedGrant Seats(int seats) => new() { Plan = SeatPlan.Business, Seats = seats };
}
