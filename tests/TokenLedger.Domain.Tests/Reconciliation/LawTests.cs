using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

/// <summary>What must hold in every world, to the nano-credit.</summary>
public sealed class LawTests
{
    [Fact]
    public void Shares_and_unallocated_add_up_to_the_billed_charge_gross_and_net() => World.Obeys(world =>
    {
        var day = world.Reconcile();
        return day.Charges.Where(row => row.Role == ChargeRole.Basis).All(row =>
        {
            var shares = day.Shares.Where(share => share.Charge.Id == row.Charge.Id).ToList();
            var rest = day.Unallocated.Where(part => part.Charge.Id == row.Charge.Id).ToList();
            var gross = shares.Sum(share => share.GrossNanoCredits) + rest.Sum(part => part.GrossNanoCredits);
            var net = shares.Sum(share => share.NetNanoCredits) + rest.Sum(part => part.NetNanoCredits);
            var isNetKnown = row.Charge.NetNanoCredits is not null;
            return gross == row.Charge.GrossNanoCredits
                && (isNetKnown
                    ? net == row.Charge.NetNanoCredits
                    : shares.All(share => share.NetNanoCredits is null) && rest.All(part => part.NetNanoCredits is null));
        });
    });

    [Fact]
    public void A_check_is_never_split() => World.Obeys(world =>
    {
        var day = world.Reconcile();
        var checks = day.Charges.Where(row => row.Role == ChargeRole.Check).Select(row => row.Charge.Id).ToHashSet();
        return day.Shares.All(share => !checks.Contains(share.Charge.Id))
            && day.Unallocated.All(part => !checks.Contains(part.Charge.Id));
    });

    [Fact]
    public void One_view_of_a_family_is_the_basis_and_only_one() => World.Obeys(world => world.Reconcile().Charges
        .Where(row => row.Role == ChargeRole.Basis)
        .GroupBy(row => row.Charge.Family)
        .All(family => family.Select(row => row.Charge.View).Distinct().Count() == 1));

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
        return Text(DayReconciler.Reconcile(shuffled)) == Text(DayReconciler.Reconcile(day));
    });

    [Fact]
    public void Outside_exclusive_buckets_a_slice_never_gets_more_than_its_estimate() => World.Obeys(world =>
    {
        var day = world.Reconcile();
        return day.Shares
            .Where(share => share.Method is AllocationMethod.Matched or AllocationMethod.PricedWithinBill)
            .GroupBy(share => share.Slice.Key)
            .All(slice => slice.Sum(share => share.GrossNanoCredits)
                <= AiCredits.TruncateToNanoCredits(slice.First().Slice.EstimatedAiCredits!.Value.Total));
    });

    [Fact]
    public void Outside_exclusive_buckets_a_kind_never_gets_more_than_its_estimate() => World.Obeys(world =>
    {
        var day = world.Reconcile();
        return day.Shares
            .Where(share => share.Method is AllocationMethod.Matched or AllocationMethod.PricedWithinBill)
            .Where(share => share.Charge.Dimensions.TokenKind is not null)
            .GroupBy(share => (share.Slice.Key, share.Charge.Dimensions.TokenKind!.Value))
            .All(kind => kind.Sum(share => share.GrossNanoCredits)
                <= AiCredits.TruncateToNanoCredits(kind.First().Slice.EstimatedAiCredits!.Value[kind.Key.Value]));
    });

    [Fact]
    public void A_share_has_the_sign_of_its_charge_and_stays_within_it() => World.Obeys(world => world.Reconcile().Shares.All(share =>
        Math.Abs(share.GrossNanoCredits) <= Math.Abs(share.Charge.GrossNanoCredits)
        && (share.GrossNanoCredits == 0 || Math.Sign(share.GrossNanoCredits) == Math.Sign(share.Charge.GrossNanoCredits))
        && share.LowNanoCredits <= share.GrossNanoCredits && share.GrossNanoCredits <= share.HighNanoCredits));

    [Fact]
    public void A_charge_reaches_only_slices_that_it_can_mean() => World.Obeys(world => world.Reconcile().Shares.All(share =>
    {
        var named = share.Charge.Dimensions;
        var run = share.Slice.Run;
        var isPayer = named.User.State switch
        {
            DimensionState.Value => run.Payer.ToString() == "user:" + named.User.Text,
            DimensionState.Nobody => run.Payer.Kind is PayerKind.Organization or PayerKind.Unknown,
            _ => true,
        };
        return share.Charge.Channel == share.Slice.Channel
            && isPayer
            && (named.Repository.Text ?? run.Repository) == run.Repository
            && (named.WorkflowPath.Text ?? run.WorkflowPath) == run.WorkflowPath
            && (named.Model.Text ?? share.Slice.Model) == share.Slice.Model
            && (named.User.State == DimensionState.Value || (named.Organization.Text ?? run.Owner) == run.Owner);
    }));

    [Fact]
    public void More_tokens_never_lower_a_runs_share_of_a_bucket() => World.Obeys(world =>
    {
        // One bucket: every view but one is left out, and every row names the same.
        var rows = world.Charges.Where(charge => charge.View == BillView.AiCreditReport && charge.Gross >= 0)
            .Select(charge => charge with { Repository = null, Workflow = null, User = null, Model = null, Kind = null, Organization = null })
            .ToList();
        var at = world.Runs.ToList().FindIndex(run => run.State > 2);
        if (at < 0 || rows.Count == 0)
            return true;
        var before = (world with { Charges = rows }).Reconcile();
        var more = world.Runs.ToList();
        more[at] = more[at] with { Input = more[at].Input + 12_345 };
        var after = (world with { Charges = rows, Runs = more }).Reconcile();
        // Largest remainder is not monotone in its last unit: another run's smaller quota may have the larger remainder.
        return Scenario.Billed(after, at + 1) >= Scenario.Billed(before, at + 1) - AiCredits.FromNanoCredits(rows.Count);
    });

    [Fact]
    public void Unknown_never_becomes_zero() => World.Obeys(world =>
    {
        var day = world.Reconcile();
        return day.Shares.All(share => share.Slice.Unpriced is null || share.Method == AllocationMethod.ByTokens)
            && day.Unallocated.All(part => part.GrossNanoCredits != 0 || part.NetNanoCredits is not (null or 0));
    });

    [Fact]
    public void Only_exclusive_and_complete_buckets_are_taken_whole() => World.Obeys(world => world.Reconcile().Buckets.All(bucket =>
        bucket.AllocatedNanoCredits <= Math.Max(bucket.BilledNanoCredits, 0) || bucket.BilledNanoCredits < 0)
        && world.Reconcile().Buckets.Where(bucket => !bucket.IsExclusive).All(bucket =>
            bucket.AllocatedNanoCredits <= bucket.WeightNanoCredits));

    [Fact]
    public void Every_share_below_exact_says_why() => World.Obeys(world => world.Reconcile().Shares.All(share =>
        (share.Confidence == Confidence.Exact) == (share.Reasons.Count == 0)
        && share.Reasons.SequenceEqual(share.Reasons.Order(StringComparer.Ordinal))));

    private static string Text(DayReconciliation day) => string.Join('\n', [
        .. day.Charges.Select(row => $"{row.Charge.Id} {row.Role}"),
        .. day.Shares.Select(share => $"{share.Charge.Id} {share.Slice.Key} {share.GrossNanoCredits} {share.NetNanoCredits} {share.Method} {share.Confidence} {string.Join(',', share.Reasons)}"),
        .. day.Unallocated.Select(part => $"{part.Charge.Id} {part.Reason} {part.GrossNanoCredits} {part.NetNanoCredits} {string.Join(',', part.Runs)}"),
        .. day.Buckets.Select(bucket => $"{bucket.Key} {bucket.AllocatedNanoCredits} {bucket.WeightNanoCredits}"),
        .. day.Notices.Select(notice => notice.ToString())]);
}
