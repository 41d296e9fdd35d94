using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reconciling;

/// <summary>The outcome of an account's day as rows.</summary>
internal static class DayRows
{
    public static IReadOnlyList<ShareRow> Shares(DayOutcome outcome) =>
        [.. outcome.Reconciliation.Shares.Select(ShareRow.Of)];

    public static IReadOnlyList<UnallocatedRow> Unallocated(DayOutcome outcome) =>
        [.. outcome.Reconciliation.Unallocated.Select(part => new UnallocatedRow(
            part.Charge.Id, part.Reason, string.Join(',', part.Runs), part.GrossNanoCredits, part.NetNanoCredits))];

    public static DayTotals Totals(DayOutcome outcome)
    {
        var basis = outcome.Reconciliation.Charges
            .Where(row => row.Role == ChargeRole.Basis && IsAiUsage(row.Charge))
            .Select(row => (row.Charge.GrossNanoCredits, row.Charge.NetNanoCredits))
            .ToList();
        var billed = Sum(basis);
        var allocated = Sum(outcome.Reconciliation.Shares
            .Where(share => IsAiUsage(share.Charge))
            .Select(share => (share.GrossNanoCredits, share.NetNanoCredits)));
        var unallocated = Sum(outcome.Reconciliation.Unallocated
            .Where(part => IsAiUsage(part.Charge))
            .Select(part => (part.GrossNanoCredits, part.NetNanoCredits)));
        return new DayTotals(
            Estimated(outcome.Slices),
            outcome.IsSeen ? billed.Gross : null,
            outcome.IsSeen ? billed.Net : null,
            outcome.IsSeen ? allocated.Gross : null,
            outcome.IsSeen ? unallocated.Gross : null,
            outcome.Slices.Select(slice => slice.Run.Key).Distinct().Count(),
            Unpriced(outcome.Slices));
    }

    public static IReadOnlyList<DailyCostRow> DailyCosts(DayOutcome outcome)
    {
        var shares = outcome.Reconciliation.Shares.ToLookup(
            share => share.Slice.Key, StringComparer.Ordinal);
        var usage = outcome.Slices
            .GroupBy(slice => (
                slice.Run.Repository, slice.Run.WorkflowPath, slice.Run.WorkflowName, slice.Channel, slice.Model))
            .Select(group => UsageRow(outcome, [.. group], shares));
        var rest = outcome.Reconciliation.Unallocated
            .GroupBy(part => (
                part.Reason,
                Component: Components.Of(part.Charge.Family),
                Repository: part.Charge.Dimensions.Repository.Text,
                WorkflowPath: part.Charge.Dimensions.WorkflowPath.Text,
                part.Charge.Channel,
                Model: part.Charge.Dimensions.Model.Text ?? part.Charge.ModelText))
            .Select(group =>
            {
                var sum = Sum(group.Select(part => (part.GrossNanoCredits, part.NetNanoCredits)));
                return new DailyCostRow(
                    outcome.Reconciliation.Account, outcome.Reconciliation.Day, group.Key.Component,
                    group.Key.Repository, group.Key.WorkflowPath, WorkflowName: null, group.Key.Channel,
                    group.Key.Model, group.Key.Reason, Runs: 0, Requests: 0, default, UnpricedRequests: 0,
                    EstimatedAiCredits: null, sum.Gross, sum.Net);
            });
        return [.. usage.Concat(rest).OrderBy(row => row.Key, StringComparer.Ordinal)];
    }

    private static DailyCostRow UsageRow(
        DayOutcome outcome, List<PricedSlice> slices, ILookup<string, Share> sharesBySlice)
    {
        var shares = slices.SelectMany(slice => sharesBySlice[slice.Key]).ToList();
        var billed = Sum(shares.Select(share => (share.GrossNanoCredits, share.NetNanoCredits)));
        var first = slices[0];
        return new DailyCostRow(
            outcome.Reconciliation.Account, outcome.Reconciliation.Day, Components.AiUsage, first.Run.Repository,
            first.Run.WorkflowPath, first.Run.WorkflowName, first.Channel, first.Model, UnallocatedReason: null,
            slices.Select(slice => slice.Run.Key).Distinct().Count(),
            slices.Aggregate(0L, (sum, slice) => checked(sum + slice.Requests)),
            slices.Aggregate(default(TokenCounts), (sum, slice) => sum + slice.Tokens),
            Unpriced(slices),
            Estimated(slices),
            shares.Count == 0 ? null : billed.Gross,
            shares.Count == 0 ? null : billed.Net);
    }

    private static bool IsAiUsage(Charge charge) =>
        string.Equals(Components.Of(charge.Family), Components.AiUsage, StringComparison.Ordinal);

    private static decimal? Estimated(IEnumerable<PricedSlice> slices) => slices
        .Select(slice => slice.EstimatedAiCredits?.Total)
        .Aggregate((decimal?)null, (sum, part) => part is null ? sum : (sum ?? 0) + part);

    private static long Unpriced(IEnumerable<PricedSlice> slices) => slices
        .Where(slice => slice.Unpriced is not null)
        .Aggregate(0L, (sum, slice) => checked(sum + slice.Requests));

    // One unknown net makes the net of the sum unknown.
    private static (long Gross, long? Net) Sum(IEnumerable<(long Gross, long? Net)> parts) =>
        parts.Aggregate((Gross: 0L, Net: (long?)0), (sum, part) =>
            checked((sum.Gross + part.Gross, sum.Net + part.Net)));
}
