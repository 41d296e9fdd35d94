using TokenLedger.Application.Days;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>What is stored is what a report computes, and doing it again writes nothing.</summary>
internal static class StoredChecks
{
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(SimulationOutcome outcome)
    {
        var faults = new List<string>();
        foreach (var day in outcome.World.Plan.EachDay)
        {
            if (await outcome.Product.ReconcileAsync(day) is not 0 and var written)
                faults.Add($"{day:yyyy-MM-dd}: running again wrote {written} accounts");
        }

        foreach (var day in outcome.Period.Days)
        {
            var of = $"{day.Day:yyyy-MM-dd} {day.Account.Key}";
            var shares = await outcome.Product.Days
                .ReadSharesAsync(day.Account, day.Day, null, CancellationToken.None).ToListAsync();
            var computed = day.Shares.Select(share => (
                share.Charge.Id, Run: share.Slice.Run.Key, Slice: ShareRow.Of(share).SliceKey,
                share.GrossNanoCredits, share.NetNanoCredits, share.Confidence));
            if (!computed.SequenceEqual(shares.Select(share => (
                share.ChargeId, share.Run, share.SliceKey, share.GrossNanoCredits, share.NetNanoCredits,
                share.Confidence))))
                faults.Add($"{of}: the stored shares are not the computed ones");
            var rest = await outcome.Product.Days
                .ReadUnallocatedAsync(day.Account, day.Day, CancellationToken.None).ToListAsync();
            if (rest.Sum(part => part.GrossNanoCredits) != day.Unallocated.Sum(part => part.GrossNanoCredits))
                faults.Add($"{of}: what is stored as unallocated is not what is computed");
        }

        return faults;
    }
}
