using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.CreditPools;

namespace TokenLedger.Domain.Tests.Budgets;

public sealed class BudgetPeriodsTests
{
    [Theory]
    [InlineData(BudgetPeriodKind.Day, "2026-12-31", "2026-12-31/2027-01-01")]
    [InlineData(BudgetPeriodKind.Week, "2026-12-28", "2026-12-28/2027-01-04")]
    [InlineData(BudgetPeriodKind.Week, "2027-01-03", "2026-12-28/2027-01-04")]
    [InlineData(BudgetPeriodKind.Week, "2027-01-04", "2027-01-04/2027-01-11")]
    [InlineData(BudgetPeriodKind.Month, "2028-02-29", "2028-02-01/2028-03-01")]
    [InlineData(BudgetPeriodKind.Month, "2027-02-01", "2027-02-01/2027-03-01")]
    [InlineData(BudgetPeriodKind.Month, "2026-12-31", "2026-12-01/2027-01-01")]
    [InlineData(BudgetPeriodKind.Rolling, "2026-03-03", "2026-02-25/2026-03-04")]
    public void A_day_lies_in_its_period(BudgetPeriodKind kind, string day, string period) =>
        Assert.Equal(period, Text(BudgetPeriods.Of(Of(kind), DateOnly.Parse(day))));

    [Fact]
    public void A_budget_of_a_pool_follows_its_cycles_and_has_no_period_without_one()
    {
        var monthly = Of(BudgetPeriodKind.Cycle) with
        {
            Pool = new CreditPool { Name = "max", GrantedNanoCredits = 100, CycleDay = 31, From = new(2026, 1, 1) },
        };

        Assert.Equal("2026-02-28/2026-03-31", Text(BudgetPeriods.Of(monthly, new DateOnly(2026, 3, 30))));
        Assert.Null(BudgetPeriods.Of(monthly, new DateOnly(2025, 12, 31)));
        Assert.Null(BudgetPeriods.Of(Of(BudgetPeriodKind.Cycle), new DateOnly(2026, 3, 30)));
    }

    [Fact]
    public void Periods_of_the_calendar_follow_each_other_without_gap_and_hold_their_day() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 3_652_000)), Arb.From(Gen.Elements(
            BudgetPeriodKind.Day, BudgetPeriodKind.Week, BudgetPeriodKind.Month)), (number, kind) =>
        {
            var day = DateOnly.FromDayNumber(number);
            var period = BudgetPeriods.Of(Of(kind), day)!.Value;
            return period.Has(day) && !period.Has(period.To)
                && BudgetPeriods.Of(Of(kind), period.To)!.Value.From == period.To
                && (BudgetPeriods.Before(Of(kind), period) is not { } before || before.To == period.From);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(BudgetPeriodKind.Week)]
    [InlineData(BudgetPeriodKind.Month)]
    [InlineData(BudgetPeriodKind.Rolling)]
    public void The_ends_of_the_calendar_are_no_fault(BudgetPeriodKind kind)
    {
        Assert.True(BudgetPeriods.Of(Of(kind), DateOnly.MinValue)!.Value.Has(DateOnly.MinValue));
        Assert.Equal(DateOnly.MaxValue, BudgetPeriods.Of(Of(kind), DateOnly.MaxValue)!.Value.To);
    }

    private static Budget Of(BudgetPeriodKind kind) =>
        new() { Name = "b", Period = kind, RollingDays = 7, LimitNanoCredits = 1 };

    private static string Text(BudgetPeriod? period) =>
        FormattableString.Invariant($"{period!.Value.From:yyyy-MM-dd}/{period.Value.To:yyyy-MM-dd}");
}
