using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Gap;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Tests.Reconciliation;

namespace TokenLedger.Domain.Tests.Gap;

/// <summary>What must hold of every gap, to the last digit.</summary>
public sealed class GapLawTests
{
    private static readonly SettlementStatus[] Statuses = [SettlementStatus.Provisional, SettlementStatus.Settled];

    [Fact]
    public void The_amounts_of_every_cell_add_up_to_the_billed_less_the_estimated() => World.Obeys(world =>
        Statuses.All(status => Explain(world.Build(), status).All(IsAddedUp)));

    [Fact]
    public void The_amounts_add_up_where_the_bill_has_tokens() => Obeys(world =>
        Statuses.All(status => GapWorld.Explain(world.Build(), status).All(IsAddedUp)));

    [Fact]
    public void The_sum_of_all_cells_is_the_bill_and_the_estimate_of_the_day() => World.Obeys(world =>
    {
        var day = world.Build();
        var sum = GapSum.Of([.. Explain(day, SettlementStatus.Settled)]);
        var basis = DayReconciler.Reconcile(day).Charges.Where(row => row.Role == ChargeRole.Basis).ToList();
        return (sum.BilledNanoCredits ?? 0) == basis.Sum(row => row.Charge.GrossNanoCredits)
            && (basis.Exists(row => row.Charge.NetNanoCredits is null)
                ? sum.NetNanoCredits is null
                : (sum.NetNanoCredits ?? 0) == basis.Sum(row => row.Charge.NetNanoCredits))
            && (sum.EstimatedAiCredits ?? 0) == day.Slices.Sum(slice => slice.EstimatedAiCredits?.Total ?? 0)
            && sum.UnpricedRequests == day.Slices.Where(slice => slice.Unpriced is not null).Sum(slice => slice.Requests)
            && sum.Amounts.Sum(amount => amount.AiCredits)
                == AiCredits.FromNanoCredits(sum.BilledNanoCredits ?? 0) - (sum.EstimatedAiCredits ?? 0);
    });

    [Fact]
    public void Order_and_duplication_of_the_input_change_nothing() => World.Obeys(world =>
    {
        var day = world.Build();
        var shuffled = day with
        {
            Slices = [.. day.Slices.Reverse(), .. day.Slices],
            Observations = [.. day.Observations.Reverse().Select(seen => seen with { Charges = [.. seen.Charges.Reverse(), .. seen.Charges] })],
            RunsWithoutTelemetry = [.. day.RunsWithoutTelemetry.Reverse()],
        };
        return Text(Explain(day, SettlementStatus.Settled)) == Text(Explain(shuffled, SettlementStatus.Settled));
    });

    [Fact]
    public void What_is_not_separable_says_what_it_may_hold_and_nothing_else_does() => World.Obeys(world =>
        Explain(world.Build(), SettlementStatus.Settled).SelectMany(cell => cell.Amounts).All(amount =>
            (amount.Part == GapPart.NotSeparable) == (amount.MayHold.Count > 1)));

    [Fact]
    public void A_part_that_is_no_rounding_is_whole_nano_credits_and_none_is_zero() => World.Obeys(world =>
        Explain(world.Build(), SettlementStatus.Settled).SelectMany(cell => cell.Amounts).All(amount =>
            amount.AiCredits != 0
            && (amount.Part == GapPart.Rounding || decimal.Truncate(amount.AiCredits * AiCredits.NanoCreditsPerCredit)
                == amount.AiCredits * AiCredits.NanoCreditsPerCredit)));

    [Fact]
    public void A_planted_cause_is_named_with_its_amount_within_one_percent() => Obeys(world =>
    {
        var sum = GapSum.Of([.. GapWorld.Explain(world.Build())]);
        var part = world.Plant switch
        {
            Plant.LostCacheWrites or Plant.WritesCountedAsInput => GapPart.TokenKind,
            Plant.OtherPrice => GapPart.Price,
            Plant.BareRun => GapPart.Coverage,
            Plant.People => GapPart.OtherUsage,
            _ => (GapPart?)null,
        };
        var named = sum.Amounts.Where(amount => amount.Part == part).Sum(amount => amount.AiCredits);
        var others = sum.Amounts.Where(amount => amount.Part != part).Sum(amount => Math.Abs(amount.AiCredits));
        var allowed = 0.01m * Math.Abs(world.PlantedAiCredits);
        return part is null
            ? others <= 0.00000001m
            : Math.Abs(named - world.PlantedAiCredits) <= allowed && others <= allowed;
    });

    internal static void Obeys(Func<GapWorld, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(GapWorld.Arbitrary, law));

    private static IReadOnlyList<GapCell> Explain(AccountDay day, SettlementStatus status) => DayGap.Of(
        day, DayReconciler.Reconcile(day), new DaySettlement(day.Account, day.Day, status, 2, default, default));

    private static bool IsAddedUp(GapCell cell) => cell.Amounts.Sum(amount => amount.AiCredits)
        == AiCredits.FromNanoCredits(cell.BilledNanoCredits ?? 0) - (cell.EstimatedAiCredits ?? 0);

    private static string Text(IEnumerable<GapCell> cells) => string.Join('\n', cells.Select(cell =>
        $"{cell.Model} {cell.EstimatedAiCredits} {cell.BilledNanoCredits} {cell.NetNanoCredits} "
        + string.Join(';', cell.Amounts.Select(amount =>
            $"{amount.Part} {amount.Cause} {amount.AiCredits} {string.Join(',', amount.Runs)} {string.Join(',', amount.MayHold)}"))));
}
