using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>The laws of reconciliation over the days of a world, to the nano-credit.</summary>
internal static class LawChecks
{
    public static IEnumerable<string> FaultsOf(SimulationOutcome outcome) =>
        outcome.Period.Days.SelectMany(day => Sums(day).Concat(Shares(day)).Concat(Unknown(day)));

    private static IEnumerable<string> Sums(DayReconciliation day)
    {
        var shares = day.Shares.ToLookup(share => share.Charge.Id);
        var rest = day.Unallocated.ToLookup(part => part.Charge.Id);
        foreach (var charge in day.Charges.Where(row => row.Role == ChargeRole.Basis).Select(row => row.Charge))
        {
            var gross = shares[charge.Id].Sum(share => share.GrossNanoCredits)
                + rest[charge.Id].Sum(part => part.GrossNanoCredits);
            if (gross != charge.GrossNanoCredits)
                yield return $"{Of(day)}: {charge.Id} is billed {charge.GrossNanoCredits} and split into {gross}";
            var net = shares[charge.Id].Select(share => share.NetNanoCredits)
                .Concat(rest[charge.Id].Select(part => part.NetNanoCredits))
                .Aggregate((long?)0, (sum, part) => sum + part);
            if (charge.NetNanoCredits is { } billed && net != billed)
                yield return $"{Of(day)}: {charge.Id} is billed net {billed} and split into {net}";
        }

        foreach (var stray in shares.Select(group => group.First().Charge)
            .Concat(rest.Select(group => group.First().Charge))
            .Where(charge => !day.Charges.Any(row => row.Role == ChargeRole.Basis && row.Charge.Id == charge.Id)))
            yield return $"{Of(day)}: {stray.Id} is split and is no basis";
    }

    private static IEnumerable<string> Shares(DayReconciliation day)
    {
        foreach (var share in day.Shares.Where(share => share.GrossNanoCredits != 0
            && (Math.Sign(share.GrossNanoCredits) != Math.Sign(share.Charge.GrossNanoCredits)
                || Math.Abs(share.GrossNanoCredits) > Math.Abs(share.Charge.GrossNanoCredits))))
            yield return $"{Of(day)}: a share of {share.GrossNanoCredits} "
                + $"of a charge of {share.Charge.GrossNanoCredits}";
        foreach (var slice in day.Shares
            .Where(share => share.Method is AllocationMethod.Matched or AllocationMethod.PricedWithinBill)
            .GroupBy(share => share.Slice.Key))
        {
            var estimate = AiCredits.TruncateToNanoCredits(slice.First().Slice.EstimatedAiCredits!.Value.Total);
            var given = slice.Sum(share => share.GrossNanoCredits);
            if (given > estimate)
                yield return $"{Of(day)}: {slice.Key} is estimated at {estimate} and given {given}";
        }
    }

    private static IEnumerable<string> Unknown(DayReconciliation day)
    {
        if (day.Shares.Any(share => share.Slice.Unpriced is not null && share.Method != AllocationMethod.ByTokens))
            yield return $"{Of(day)}: usage without a price has a share by its estimate";
        if (day.Unallocated.Any(part => part.GrossNanoCredits == 0 && part.NetNanoCredits is null or 0
            && part.Charge.GrossNanoCredits != 0))
            yield return $"{Of(day)}: a part of nothing is unallocated";
    }

    private static string Of(DayReconciliation day) => $"{day.Day:yyyy-MM-dd} {day.Account.Key}";
}
