using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>Explains why the bill of an account's day is not its estimate. Pure.</summary>
/// <remarks>
/// Of AI usage alone, and of charges that count: seats and Actions minutes have no estimate, checks are the same money
/// again. Over all cells the billed amounts add up to the day's, gross and net, and the estimates to the slices'.
/// </remarks>
public static class DayGap
{
    /// <summary>The cells of one account and day. The order and duplication of the input change nothing.</summary>
    /// <param name="day">What the day was reconciled from.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="settlement">How final its bill is.</param>
    public static IReadOnlyList<GapCell> Of(AccountDay day, DayReconciliation result, DaySettlement settlement)
    {
        var clusters = DayClusters.Of(day, result);
        var charges = clusters.Charges;
        var reading = BilledTokenReading.Of(
            charges, clusters.Buckets, BilledTokenCounts.Of(result.Charges, day.Prices), day.Prices);
        var isFinal = settlement.IsFinal;
        var billed = clusters.Clusters.SelectMany(cluster => cluster.Slices)
            .ToHashSet<PricedSlice>(ReferenceEqualityComparer.Instance);
        List<GapCell> cells =
        [
            .. charges
                .Where(charge => charge.Category != ChargeCategory.AgentOrPeople)
                .GroupBy(charge => ModelOf(charge.Channel, charge.Dimensions.Model.Text))
                .Select(group => NotAgentUsage(day, group.Key, [.. group])),
            .. clusters.Clusters.Select(cluster => CellOf(day, cluster, reading, isFinal)),
            .. clusters.Slices
                .Where(slice => !billed.Contains(slice))
                .GroupBy(slice => (slice.Channel, slice.Model))
                .Select(group => Unbilled(day.Account, day.Day, group.Key, [.. group], CauseOfUnbilled())),
        ];
        if (cells.Count == 0 && day.HasBill)
            cells.Add(new GapCell(day.Account, day.Day, null, null, 0, 0, 0, []));
        return cells;

        (GapPart Part, GapCause Cause, bool IsSeen) CauseOfUnbilled() =>
            settlement.Reason == SettlementReason.Unreachable
                ? (GapPart.Timing, GapCause.BillUnreachable, day.HasBill)
            : !day.HasBill ? (GapPart.Timing, GapCause.NoBillYet, false)
            : isFinal ? (GapPart.Unexplained, GapCause.UsageNotBilled, true)
            : (GapPart.Timing, GapCause.BillNotSettled, true);
    }

    /// <summary>The cells of usage of channels whose bill is neither configured nor imported.</summary>
    public static IReadOnlyList<GapCell> WithoutBillSource(IEnumerable<PricedSlice> slices) =>
    [
        .. slices
            .GroupBy(slice => (slice.Day, slice.Channel, slice.Model))
            .OrderBy(group => group.Key.Day)
            .ThenBy(group => group.Key.Channel)
            .ThenBy(group => group.Key.Model, StringComparer.Ordinal)
            .Select(group => Unbilled(
                null, group.Key.Day, (group.Key.Channel, group.Key.Model), [.. group],
                (GapPart.Timing, GapCause.NoBillSource, false))),
    ];

    private static GapCell CellOf(AccountDay day, BillCluster cluster, BilledTokenReading reading, bool isFinal) => new(
        day.Account, day.Day, cluster.Model, ClusterGap.EstimatedAiCredits(cluster.Slices),
        UnpricedRequests(cluster.Slices), cluster.BilledNanoCredits, cluster.NetNanoCredits,
        ClusterGap.Of(cluster, reading.Of(cluster.Buckets), day.Prices, isFinal));

    private static GapCell NotAgentUsage(AccountDay day, (Channel, string)? model, IReadOnlyList<Charge> charges)
    {
        var billed = charges.Aggregate(0L, (sum, charge) => checked(sum + charge.GrossNanoCredits));
        var amounts = new GapAmounts();
        amounts.Add(GapPart.OtherUsage, GapCause.NotAgentUsage, billed);
        return new GapCell(
            day.Account, day.Day, model, null, 0, billed,
            charges.Aggregate((long?)0, (sum, charge) => checked(sum + charge.NetNanoCredits)), amounts.ToList());
    }

    private static GapCell Unbilled(
        BillingAccount? account, DateOnly day, (Channel, string) model, IReadOnlyList<PricedSlice> slices,
        (GapPart Part, GapCause Cause, bool IsSeen) why)
    {
        var estimated = ClusterGap.EstimatedAiCredits(slices);
        var nano = ClusterGap.EstimatedNanoCredits(slices);
        var amounts = new GapAmounts();
        amounts.Add(why.Part, why.Cause, -nano, slices.Select(slice => slice.Run.Key));
        amounts.AddAiCredits(
            GapPart.Rounding, GapCause.NanoCredits, Credits.AiCredits.FromNanoCredits(nano) - (estimated ?? 0));
        long? billed = why.IsSeen ? 0 : null;
        return new GapCell(
            account, day, model, estimated, UnpricedRequests(slices), billed, billed, amounts.ToList());
    }

    private static (Channel, string)? ModelOf(Channel channel, string? model) =>
        model is null ? null : (channel, model);

    private static long UnpricedRequests(IEnumerable<PricedSlice> slices) => slices
        .Where(slice => slice.Unpriced is not null)
        .Aggregate(0L, (sum, slice) => checked(sum + slice.Requests));
}
