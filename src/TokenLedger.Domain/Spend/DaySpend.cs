using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Domain.Spend;

/// <summary>The spend of a day by slice of a run and part of a bill. Pure.</summary>
public static class DaySpend
{
    /// <summary>The lines of one account and day: those of runs in order of their keys, then the rest.</summary>
    /// <remarks>
    /// A final bill decides alone: a slice that it passes over has spent nothing. Before that a slice has spent the
    /// larger of its shares and its calibrated estimate, and what no run answers for is lowered by what the slices have
    /// above their shares: the bill of the same usage is on its way, and nothing is counted twice.
    /// </remarks>
    public static IReadOnlyList<SpendLine> Of(
        AccountDay day, DayReconciliation result, DaySettlement settlement, CalibrationBook calibration)
    {
        var isFinal = day.HasBill && settlement.IsFinal;
        var shares = result.Shares.ToLookup<Share, PricedSlice>(
            share => share.Slice, ReferenceEqualityComparer.Instance);
        List<SpendLine> lines =
        [
            .. SliceIndex.Of(day.Slices).All
                .Select(slice => OfSlice(day, slice, [.. shares[slice]], isFinal, calibration)),
        ];
        var ahead = isFinal ? 0L : lines.Aggregate(
            0L, (sum, line) => checked(sum + (line.Gross?.NanoCredits ?? 0) - (line.BilledGrossNanoCredits ?? 0)));
        foreach (var part in result.Unallocated)
        {
            var component = ComponentOf(part.Charge.Family);
            var taken = component != SpendComponent.AiUsage || part.GrossNanoCredits <= 0 ? 0L
                : Math.Min(ahead, part.GrossNanoCredits);
            ahead -= taken;
            lines.Add(OfPart(day, part, checked(part.GrossNanoCredits - taken), component, isFinal));
        }

        return lines;
    }

    /// <summary>The line of a slice that no account with a known or configured bill pays for.</summary>
    public static SpendLine WithoutAccount(PricedSlice slice) => new()
    {
        Day = slice.Day,
        Channel = slice.Channel,
        Run = slice.Run,
        Slice = slice,
        State = slice.EstimatedAiCredits is null ? SpendState.Unpriced : SpendState.NoBillSource,
        Gross = slice.EstimatedAiCredits is { } estimate
            ? CalibrationFactor.NotIdentifiable.Of(estimate.Total) : null,
    };

    /// <summary>The component of a family of charges.</summary>
    public static SpendComponent ComponentOf(SkuFamily family) => family switch
    {
        SkuFamily.AiCredits or SkuFamily.PremiumRequests or SkuFamily.Tokens => SpendComponent.AiUsage,
        SkuFamily.ActionsMinutes => SpendComponent.ActionsMinutes,
        _ => SpendComponent.Other,
    };

    private static SpendLine OfSlice(
        AccountDay day, PricedSlice slice, IReadOnlyList<Share> shares, bool isFinal, CalibrationBook calibration)
    {
        var billed = shares.Count == 0 ? (long?)null
            : shares.Aggregate(0L, (sum, share) => checked(sum + share.GrossNanoCredits));
        // One unknown net makes the net of the sum unknown.
        var net = shares.Count == 0 ? null
            : shares.Aggregate((long?)0, (sum, share) => checked(sum + share.NetNanoCredits));
        var expected = slice.EstimatedAiCredits is { } estimate
            ? calibration.FactorOf(day.Account, slice.Channel, slice.Model).Of(estimate.Total)
            : (CalibratedAmount?)null;
        var gross = isFinal ? Exactly(billed ?? 0) : Larger(billed, expected);
        return new SpendLine
        {
            Account = day.Account,
            Day = day.Day,
            Channel = slice.Channel,
            Run = slice.Run,
            Slice = slice,
            State = (isFinal, billed, expected) switch
            {
                (true, _, _) => SpendState.Settled,
                (_, not null, _) => SpendState.Provisional,
                (_, _, not null) => SpendState.Estimated,
                _ => SpendState.Unpriced,
            },
            Gross = gross,
            NetNanoCredits = isFinal && billed is null ? 0 : gross?.NanoCredits == billed ? net : null,
            BilledGrossNanoCredits = billed,
            BilledNetNanoCredits = net,
        };
    }

    private static SpendLine OfPart(
        AccountDay day, UnallocatedPart part, long gross, SpendComponent component, bool isFinal) => new()
        {
            Account = day.Account,
            Day = day.Day,
            Component = component,
            Channel = part.Charge.Channel,
            Charge = part.Charge,
            UnallocatedReason = part.Reason,
            State = isFinal ? SpendState.Settled : SpendState.Provisional,
            Gross = Exactly(gross),
            NetNanoCredits = gross == part.GrossNanoCredits ? part.NetNanoCredits : null,
            BilledGrossNanoCredits = part.GrossNanoCredits,
            BilledNetNanoCredits = part.NetNanoCredits,
        };

    private static CalibratedAmount? Larger(long? billed, CalibratedAmount? expected) => (billed, expected) switch
    {
        ({ } bill, { } estimate) => new CalibratedAmount(
            Math.Max(bill, estimate.NanoCredits), Math.Max(bill, estimate.LowNanoCredits),
            Math.Max(bill, estimate.HighNanoCredits)),
        ({ } bill, null) => Exactly(bill),
        _ => expected,
    };

    private static CalibratedAmount Exactly(long nanoCredits) => new(nanoCredits, nanoCredits, nanoCredits);
}
