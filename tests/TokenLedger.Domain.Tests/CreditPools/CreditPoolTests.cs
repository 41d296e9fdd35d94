using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.CreditPools;

namespace TokenLedger.Domain.Tests.CreditPools;

public sealed class CreditPoolTests
{
    private static readonly DateOnly From = new(2026, 10, 1);
    private static readonly DateOnly To = new(2026, 11, 1);

    [Theory]
    [InlineData(1, "2026-10-01/2026-11-01")]
    [InlineData(15, "2026-09-15/2026-10-15 2026-10-15/2026-11-15")]
    [InlineData(31, "2026-09-30/2026-10-31 2026-10-31/2026-11-30")]
    public void A_cycle_begins_on_its_day_or_on_the_last_one_of_a_shorter_month(int day, string cycles) =>
        Assert.Equal(cycles, Text(Pool(100, day).CyclesIn(From, To)));

    [Fact]
    public void A_grant_of_one_cycle_lasts_from_its_first_day_until_it_expires()
    {
        var grant = Pool(100, null) with { From = new DateOnly(2026, 10, 20), To = new DateOnly(2027, 1, 1) };

        Assert.Equal("2026-10-20/2027-01-01", Text(grant.CyclesIn(From, To)));
        Assert.Empty(grant.CyclesIn(new DateOnly(2027, 1, 1), new DateOnly(2027, 2, 1)));
    }

    [Fact]
    public void A_pool_that_begins_or_ends_within_a_cycle_cuts_it()
    {
        var pool = Pool(100, 15) with { From = new DateOnly(2026, 10, 5), To = new DateOnly(2026, 10, 20) };

        Assert.Equal("2026-10-05/2026-10-15 2026-10-15/2026-10-20", Text(pool.CyclesIn(From, To)));
        Assert.NotEmpty(Pool(1, 31).CyclesIn(DateOnly.MinValue, DateOnly.MinValue.AddDays(40)));
        Assert.NotEmpty(Pool(1, 31).CyclesIn(DateOnly.MaxValue.AddDays(-40), DateOnly.MaxValue));
    }

    [Fact]
    public void What_was_billed_is_taken_until_the_grant_is_used_and_nothing_is_carried_over()
    {
        var billed = new Dictionary<DateOnly, long>
        {
            [new DateOnly(2026, 9, 20)] = 70, [new DateOnly(2026, 10, 14)] = 50, [new DateOnly(2026, 10, 15)] = 30,
        };

        var cycles = CreditPoolUse.Of([Pool(100, 15)], billed, From, To);

        Assert.Equal([(120L, 100L, 0L), (30L, 30L, 70L)], cycles.Select(cycle =>
            (cycle.BilledNanoCredits!.Value, cycle.UsedNanoCredits!.Value, cycle.LeftNanoCredits!.Value)));
        Assert.Equal((new DateOnly(2026, 9, 15), new DateOnly(2026, 11, 15)), CreditPoolUse.DaysOf([Pool(100, 15)], From, To));
    }

    [Fact]
    public void The_cycle_that_expires_first_is_used_first()
    {
        var once = Pool(100, null) with { Name = "once", From = From, To = new DateOnly(2026, 10, 10) };
        var cycles = CreditPoolUse.Of(
            [Pool(100, 1), once], new Dictionary<DateOnly, long> { [new DateOnly(2026, 10, 9)] = 130 }, From, To);

        Assert.Equal([("once", 100L), ("monthly", 30L)], cycles.Select(cycle => (cycle.Name, cycle.UsedNanoCredits!.Value)));
    }

    [Fact]
    public void A_day_of_refunds_gives_nothing_back()
    {
        var cycle = Assert.Single(CreditPoolUse.Of(
            [Pool(100, 1)],
            new Dictionary<DateOnly, long> { [From] = 40, [From.AddDays(1)] = -30 }, From, To));

        Assert.Equal((10L, 40L), (cycle.BilledNanoCredits, cycle.UsedNanoCredits));
    }

    [Fact]
    public void A_cycle_of_which_no_bill_was_seen_is_unknown_and_not_unused()
    {
        var cycle = Assert.Single(CreditPoolUse.Of([Pool(100, 1)], new Dictionary<DateOnly, long>(), From, To));

        Assert.Equal(
            (null, null, null, null),
            (cycle.BilledThrough, cycle.BilledNanoCredits, cycle.UsedNanoCredits, cycle.LeftNanoCredits));
    }

    [Fact]
    public void What_a_cycle_has_used_is_the_same_for_every_period_that_shows_it() => Prop.ForAll(
        Arb.From(Gen.ListOf(Gen.Choose(-50, 200))), Arb.From(Gen.ListOf(Gen.Choose(1, 31))),
        Arb.From(Gen.Choose(0, 70)), (days, starts, offset) =>
        {
            var pools = starts.Take(3).Select((day, at) => Pool(150, day) with { Name = $"p{at}" }).ToList();
            var billed = days.Take(90).Select((gross, at) => (Day: From.AddDays(at - 40), Gross: (long)gross))
                .ToDictionary(pair => pair.Day, pair => pair.Gross);
            var whole = CreditPoolUse.Of(pools, billed, From.AddDays(-60), To.AddDays(60))
                .ToDictionary(cycle => (cycle.Name, cycle.Start));
            var start = From.AddDays(offset - 40);
            var shown = CreditPoolUse.DaysOf(pools, start, start.AddDays(1)) is var (first, end)
                ? CreditPoolUse.Of(
                    pools,
                    billed.Where(day => (first is null || day.Key >= first) && day.Key < end).ToDictionary(),
                    start, start.AddDays(1))
                : [];
            return shown.All(cycle => whole[(cycle.Name, cycle.Start)] == cycle);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pools_never_use_more_than_they_grant_nor_than_was_billed() => Prop.ForAll(
        Arb.From(Gen.ListOf(Gen.Choose(-50, 200))), Arb.From(Gen.ListOf(Gen.Choose(1, 31))), (days, starts) =>
        {
            var pools = starts.Take(4).Select((day, at) => Pool(150, day) with { Name = $"p{at}" }).ToList();
            var billed = days.Take(60).Select((gross, at) => (Day: From.AddDays(at - 20), Gross: (long)gross))
                .ToDictionary(pair => pair.Day, pair => pair.Gross);
            var cycles = CreditPoolUse.Of(pools, billed, From, To);
            return cycles.All(cycle => cycle.UsedNanoCredits is null or (>= 0 and <= 150) && cycle.LeftNanoCredits is null or >= 0)
                && cycles.Sum(cycle => cycle.UsedNanoCredits) <= billed.Values.Where(gross => gross > 0).Sum();
        }).QuickCheckThrowOnFailure();

    private static CreditPool Pool(long granted, int? cycleDay) =>
        new() { Name = "monthly", GrantedNanoCredits = granted, CycleDay = cycleDay };

    private static string Text(IEnumerable<(DateOnly Start, DateOnly End)> cycles) =>
        string.Join(' ', cycles.Select(cycle => FormattableString.Invariant($"{cycle.Start:yyyy-MM-dd}/{cycle.End:yyyy-MM-dd}")));
}
