using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Tests.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Calibration;

public sealed class CalibrationBookTests
{
    private const string Sonnet = "claude-sonnet-5";
    private static readonly BillingAccount Account = NoisyDays.Account;
    private static readonly DateOnly Day = NoisyDays.First;

    [Fact]
    public void A_factor_is_the_ratio_of_the_sums()
    {
        var book = CalibrationBook.Of(
            [Point(0, 110, 100), Point(1, 220, 200), Point(2, 55, 50), Point(3, 33, 30), Point(4, 11, 10)]);

        var factor = book.FactorOf(Account, Channel.Copilot, Sonnet);

        Assert.Equal((CalibrationLevel.Model, 1.1m, 5), (factor.Level, factor.Factor, factor.Days));
        Assert.Equal((1.0945m, 1.1055m), (factor.Low, factor.High));
        Assert.Equal(
            new CalibratedAmount(110_000_000_000, 109_450_000_000, 110_550_000_000), factor.Of(100m));
    }

    [Fact]
    public void One_odd_day_does_not_move_the_factor_and_widens_the_interval()
    {
        var calm = Enumerable.Range(0, 20).Select(day => Point(day, 100 + (day % 3), 100)).ToList();

        var without = CalibrationBook.Of(calm).FactorOf(Account, Channel.Copilot, Sonnet);
        var with = CalibrationBook.Of([.. calm, Point(20, 300, 100)]).FactorOf(Account, Channel.Copilot, Sonnet);

        Assert.Equal(without.Factor, with.Factor);
        Assert.True(with.High - with.Low > without.High - without.Low);
    }

    [Fact]
    public void A_model_with_few_days_takes_its_channels_factor_with_the_spread_of_single_models()
    {
        var book = CalibrationBook.Of(
        [
            .. Enumerable.Range(0, 5).Select(day => Point(day, 120, 100)),
            .. Enumerable.Range(0, 4).Select(day => Point(day, 100, 100, "gpt-5-5")),
        ]);

        var factor = book.FactorOf(Account, Channel.Copilot, "gpt-5-5");

        Assert.Equal((CalibrationLevel.Channel, 9), (factor.Level, factor.Days));
        Assert.InRange(1.00m, factor.Low, factor.High);
        Assert.InRange(1.20m, factor.Low, factor.High);
        Assert.Equal(CalibrationLevel.Account, book.FactorOf(Account, Channel.Anthropic, "any").Level);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void A_model_that_taught_nothing_has_a_wide_interval_until_three_others_agree(int models, bool isWide)
    {
        var factor = CalibrationBook.Of(Enumerable.Range(0, models * 5).Select(at => Point(at / models, 100, 100, $"m{at % models}")))
            .FactorOf(Account, Channel.Copilot, Sonnet);

        Assert.Equal(CalibrationLevel.Channel, factor.Level);
        Assert.Equal(isWide ? (0.8m, 1.2m) : (0.995m, 1.005m), (factor.Low, factor.High));
    }

    [Fact]
    public void Too_few_days_are_not_identifiable_and_the_factor_is_one_with_a_wide_interval()
    {
        var factor = CalibrationBook.Of([.. Enumerable.Range(0, 4).Select(day => Point(day, 120, 100))])
            .FactorOf(Account, Channel.Copilot, Sonnet);

        Assert.False(factor.IsIdentifiable);
        Assert.Equal((1m, 0.5m, 2m, 0), (factor.Factor, factor.Low, factor.High, factor.Days));
    }

    [Fact]
    public void The_order_of_the_points_changes_nothing()
    {
        var points = new NoisyDays(1).Of(Sonnet, 28, _ => 1.03m, 0.05m);

        Assert.Equal(
            CalibrationBook.Of(points).FactorOf(Account, Channel.Copilot, Sonnet),
            CalibrationBook.Of(points.Reverse()).FactorOf(Account, Channel.Copilot, Sonnet));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_interval_holds_nine_of_ten_days_that_it_was_not_learned_from_whatever_the_shape_of_the_noise(int shape)
    {
        var (days, inside) = (0, 0);
        for (var seed = shape; seed < 90; seed += 3)
        {
            var points = new NoisyDays(seed).Of(Sonnet, 75, _ => 1m + (seed % 9 * 0.02m), 0.01m * (1 + (seed % 7)));
            var test = Assert.Single(CalibrationBacktest.Of(
                points, NoisyDays.Settlements(75), Day.AddDays(15), Day.AddDays(75), CalibrationBook.DaysBack));
            days += test.Days;
            inside += test.DaysInside;
            Assert.Equal(60, test.Days);
        }

        // Not all of them: an interval that holds everything tells nothing.
        Assert.InRange((decimal)inside / days, 0.90m, 0.99m);
    }

    [Fact]
    public void A_backtest_judges_a_day_by_nothing_that_was_not_final_before_it()
    {
        // The price changes on day 40. A day learns of it four days later at the earliest, the age at which days settle.
        var points = new NoisyDays(0).Of(Sonnet, 60, day => day < 40 ? 1m : 0.8m, 0.001m);
        IReadOnlyList<CalibrationBacktest> Test(int day) => CalibrationBacktest.Of(
            points, NoisyDays.Settlements(60), Day.AddDays(day), Day.AddDays(day + 1), CalibrationBook.DaysBack);

        Assert.Equal(1, Test(39).Single().DaysInside);
        Assert.All([40, 41, 42, 43, 44], day => Assert.Equal(0, Test(day).Single().DaysInside));
        Assert.InRange(Test(40).Single().MedianErrorFraction!.Value, 0.19m, 0.21m);
        Assert.Equal((0, 1), (Test(8).Single().Days, Test(8).Single().DaysWithoutFactor));
        Assert.Null(Test(8).Single().P95ErrorFraction);
    }

    [Fact]
    public void A_bill_that_changed_after_a_day_began_teaches_that_day_nothing()
    {
        var points = new NoisyDays(0).Of(Sonnet, 15, _ => 1m, 0.001m);
        var settlements = NoisyDays.Settlements(15).Select(day => day with
        {
            LastChangedAt = NoisyDays.Time(20),
        });

        Assert.Equal(1, Assert.Single(CalibrationBacktest.Of(
            points, settlements, Day.AddDays(14), Day.AddDays(15), CalibrationBook.DaysBack)).DaysWithoutFactor);
    }

    [Fact]
    public void A_price_change_that_nobody_booked_sounds_the_alarm_within_a_week()
    {
        var before = new NoisyDays(0).Of(Sonnet, 28, _ => 1m, 0.02m);
        var after = new NoisyDays(0).Of(Sonnet, 28, day => day < 24 ? 1m : 0.8m, 0.02m);

        Assert.Empty(CalibrationDrift.Of(before));
        var drift = Assert.Single(CalibrationDrift.Of(after));
        Assert.Equal(7, drift.Days);
        Assert.InRange(drift.Percent, -20m, -5m);
        var notice = drift.ToNotice();
        Assert.Equal("calibration-drift", notice.Code);
        Assert.Contains("github:organization:acme, copilot claude-sonnet-5: 7 settled days", notice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_days_are_no_drift() => Assert.Empty(CalibrationDrift.Of([Point(0, 200, 100), Point(1, 200, 100)]));

    [Theory]
    [InlineData(true, false, SettlementStatus.Settled, 1)]
    [InlineData(false, false, SettlementStatus.Settled, 0)]
    [InlineData(true, true, SettlementStatus.Settled, 0)]
    [InlineData(true, false, SettlementStatus.Provisional, 0)]
    public void Only_final_exclusive_and_complete_buckets_teach(
        bool isExclusive, bool hasBare, SettlementStatus status, int points)
    {
        var scenario = new Scenario().Run(1, 100).Bill(110, Names.Model(Sonnet));
        if (isExclusive)
            scenario.Exclusive(new ExclusiveScope());
        if (hasBare)
            scenario.SilentRun(2);
        var day = scenario.Build();
        var settlement = new DaySettlement(day.Account, day.Day, status, 2, null, null);
        var result = DayReconciler.Reconcile(day);

        Assert.Equal(points, CalibrationPoint.Of(day, result, settlement).Count);
        Assert.Equal(
            points == 1 ? 10m : null, CalibrationPoint.DriftPercentOf(CalibrationPoint.Of(day, result, settlement)));
        Assert.Empty(CalibrationPoint.Of(
            day, result, settlement with { Status = SettlementStatus.Closed, Reason = SettlementReason.Unreachable }));
    }

    [Fact]
    public void Buckets_of_one_slice_teach_together()
    {
        var day = new Scenario()
            .Run(1, 100)
            .Bill(80, Names.Repository("acme/web") with { Model = Dimension.Value(Sonnet) })
            .Bill(30, Names.Model(Sonnet))
            .Exclusive(new ExclusiveScope())
            .Build();

        var point = Assert.Single(CalibrationPoint.Of(
            day, DayReconciler.Reconcile(day),
            new DaySettlement(day.Account, day.Day, SettlementStatus.Settled, 2, null, null)));

        Assert.Equal(1.1m, point.Ratio);
    }

    [Fact]
    public void A_charge_of_several_models_tells_drift_and_teaches_no_factor()
    {
        var day = new Scenario().Run(1, 60).Run(2, 40, model: "gpt-5-5").Bill(110).Exclusive(new ExclusiveScope()).Build();

        var point = Assert.Single(CalibrationPoint.Of(
            day, DayReconciler.Reconcile(day),
            new DaySettlement(day.Account, day.Day, SettlementStatus.Settled, 2, null, null)));

        Assert.Null(point.Model);
        Assert.Equal(10m, CalibrationPoint.DriftPercentOf([point]));
        Assert.False(CalibrationBook.Of(Enumerable.Range(0, 9).Select(at => point with { Day = Day.AddDays(at) }))
            .FactorOf(Account, Channel.Copilot, Sonnet).IsIdentifiable);
    }

    [Theory]
    [InlineData(true, 90_000, SettlementStatus.Settled, 90_000, 90_000, 90_000)]
    [InlineData(true, 90_000, SettlementStatus.Provisional, 110_000, 109_450, 110_550)]
    [InlineData(true, 110_500, SettlementStatus.Provisional, 110_500, 110_500, 110_550)]
    [InlineData(false, 0, SettlementStatus.Estimated, 110_000, 109_450, 110_550)]
    public void Hybrid_spend_is_the_final_bill_else_the_larger_of_bill_and_calibrated_else_calibrated(
        bool isBilled, long billed, SettlementStatus status, long spend, long low, long high)
    {
        var book = CalibrationBook.Of([.. Enumerable.Range(0, 5).Select(at => Point(at, 110, 100))]);
        var scenario = new Scenario().Run(1, 100);
        if (isBilled)
            scenario.Bill(billed / 1000m);
        var day = scenario.Build();

        var hybrid = HybridSpend.Of(
            day, DayReconciler.Reconcile(day), new DaySettlement(day.Account, day.Day, status, 2, null, null), book);

        Assert.Equal(
            new CalibratedAmount(spend * 1_000_000, low * 1_000_000, high * 1_000_000),
            hybrid.Spend);
        Assert.Equal(isBilled, hybrid.BilledNanoCredits is not null);
    }

    [Fact]
    public void A_day_of_which_neither_bill_nor_estimate_is_known_has_no_spend()
    {
        var day = new Scenario().Run(1, null).Build();

        var hybrid = HybridSpend.Of(
            day, DayReconciler.Reconcile(day),
            new DaySettlement(day.Account, day.Day, SettlementStatus.Estimated, 0, null, null), CalibrationBook.Of([]));

        Assert.Null(hybrid.Spend);
        Assert.Equal(1, hybrid.UnpricedRequests);
    }

    private static CalibrationPoint Point(int day, long billed, long estimated, string model = Sonnet) =>
        new(Account, Channel.Copilot, model, Day.AddDays(day), billed * 1_000_000_000, estimated * 1_000_000_000);
}
