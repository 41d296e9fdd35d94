using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Tests.Reconciliation;

namespace TokenLedger.Domain.Tests.Spend;

public sealed class DaySpendTests
{
    private static readonly CalibrationBook NothingLearned = CalibrationBook.Of([]);

    [Fact]
    public void Lines_of_a_final_day_add_up_to_the_bill_in_every_component_gross_and_net() => World.Obeys(world =>
    {
        var day = world.Build();
        var result = DayReconciler.Reconcile(day);
        var lines = DaySpend.Of(day, result, Settled(SettlementStatus.Closed), NothingLearned);
        return !day.HasBill || Enum.GetValues<SpendComponent>().All(component =>
        {
            var charges = result.Charges
                .Where(row => row.Role == ChargeRole.Basis
                    && DaySpend.ComponentOf(row.Charge.Family) == component)
                .Select(row => row.Charge)
                .ToList();
            var own = lines.Where(line => line.Component == component).ToList();
            return own.Sum(line => line.Gross!.Value.NanoCredits) == charges.Sum(charge => charge.GrossNanoCredits)
                && (charges.Exists(charge => charge.NetNanoCredits is null)
                    || own.Sum(line => line.NetNanoCredits!.Value) == charges.Sum(charge => charge.NetNanoCredits!.Value));
        });
    });

    [Fact]
    public void Before_the_bill_is_final_nothing_is_smaller_than_bill_share_or_estimate() => World.Obeys(world =>
    {
        var day = world.Build();
        var result = DayReconciler.Reconcile(day);
        var lines = DaySpend.Of(day, result, Settled(SettlementStatus.Provisional), NothingLearned);
        var billed = result.Charges.Where(row => row.Role == ChargeRole.Basis).Sum(row => row.Charge.GrossNanoCredits);
        return lines.Sum(line => line.Gross?.NanoCredits ?? 0) >= billed
            && lines.Where(line => line.Slice is not null).All(line =>
                (line.Gross?.NanoCredits ?? long.MaxValue) >= (line.BilledGrossNanoCredits ?? long.MinValue)
                && (line.EstimatedAiCredits is not { } estimate
                    || line.Gross!.Value.NanoCredits >= AiCredits.TruncateToNanoCredits(estimate)))
            && lines.Where(line => line.Gross is not null).All(line =>
                line.Gross!.Value.LowNanoCredits <= line.Gross.Value.NanoCredits
                && line.Gross.Value.NanoCredits <= line.Gross.Value.HighNanoCredits);
    });

    [Fact]
    public void Every_slice_and_every_part_that_no_run_answers_for_is_one_line() => World.Obeys(world =>
    {
        var day = world.Build();
        var result = DayReconciler.Reconcile(day);
        var lines = DaySpend.Of(day, result, Settled(SettlementStatus.Provisional), NothingLearned);
        return lines.Count(line => line.Slice is not null)
                == day.Slices.Select(slice => slice.Key).Distinct(StringComparer.Ordinal).Count()
            && lines.Count(line => line.Charge is not null) == result.Unallocated.Count
            && lines.All(line => line.Slice is null == line.UnallocatedReason is not null);
    });

    [Fact]
    public void Usage_ahead_of_its_bill_is_not_counted_beside_what_no_run_answers_for_yet()
    {
        // A bill of 10 for people and runs so far; the run will be billed 4, of which nothing is on the bill yet.
        var day = new Scenario()
            .Run(1, 4m, model: "gpt-5-5")
            .Bill(10m, new ChargeDimensions { Model = Dimension.Value("claude-sonnet-5") })
            .Build();

        var lines = DaySpend.Of(
            day, DayReconciler.Reconcile(day), Settled(SettlementStatus.Provisional), NothingLearned);

        Assert.Equal([4_000_000_000L, 6_000_000_000L], lines.Select(line => line.Gross!.Value.NanoCredits));
        Assert.Equal([SpendState.Estimated, SpendState.Provisional], lines.Select(line => line.State));
        Assert.Equal([null, 10_000_000_000L], lines.Select(line => line.BilledGrossNanoCredits));
    }

    [Fact]
    public void Usage_without_a_price_is_unknown_and_never_nothing()
    {
        var day = new Scenario().Run(1, null).Build();

        var line = Assert.Single(DaySpend.Of(
            day, DayReconciler.Reconcile(day), Settled(SettlementStatus.Estimated), NothingLearned));

        Assert.Equal((SpendState.Unpriced, null, null), (line.State, line.Gross, line.NetNanoCredits));
    }

    [Fact]
    public void A_final_bill_that_passes_usage_over_leaves_it_at_nothing()
    {
        var day = new Scenario().Run(1, 4m).EmptyBill(BillView.AiCreditReport).Build();

        var line = Assert.Single(DaySpend.Of(
            day, DayReconciler.Reconcile(day), Settled(SettlementStatus.Settled), NothingLearned));

        Assert.Equal((SpendState.Settled, 0L, null), (line.State, line.Gross!.Value.NanoCredits, line.BilledGrossNanoCredits));
    }

    [Fact]
    public void A_day_that_was_given_up_is_not_final()
    {
        var day = new Scenario().Run(1, 4m).EmptyBill(BillView.AiCreditReport).Build();
        var unreachable = Settled(SettlementStatus.Closed) with { Reason = SettlementReason.Unreachable };

        var line = Assert.Single(DaySpend.Of(day, DayReconciler.Reconcile(day), unreachable, NothingLearned));

        Assert.Equal((SpendState.Estimated, 4_000_000_000L), (line.State, line.Gross!.Value.NanoCredits));
    }

    private static DaySettlement Settled(SettlementStatus status) =>
        new(Scenario.Account, Scenario.Day, status, 2, null, null);
}
