using TokenLedger.Domain.Settlement;
using TokenLedger.Testing.Worlds.Simulation;
using TokenLedger.Testing.Worlds.Views;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>In the end the ledger holds the final bill of every day, once.</summary>
internal static class FinalBillChecks
{
    /// <summary>Over all accounts together.</summary>
    public static IEnumerable<string> FaultsOf(SimulationOutcome outcome)
    {
        var world = outcome.World;
        foreach (var day in world.Plan.EachDay)
        {
            var heads = outcome.LastHeadsOf(day).ToList();
            var billed = heads.Select(head => head.Totals.BilledGrossNanoCredits).OfType<long>().ToList();
            var isReadable = day != world.Plan.UnreadableDay || world.Plan.Imports.Count > 0;
            if (billed.Count == 0 && (!isReadable || world.Bill.FinalGrossNanoCredits(day) == 0))
                continue;
            // A file that has nothing of a day says nothing of it.
            if (billed.Sum() != world.Bill.FinalGrossNanoCredits(day))
                yield return $"{day:yyyy-MM-dd}: billed {billed.Sum()} on {billed.Count} accounts, "
                    + $"and the final bill is {world.Bill.FinalGrossNanoCredits(day)}";
            var nets = heads.Where(head => head.Totals.BilledGrossNanoCredits is not null)
                .Aggregate((long?)0, (sum, head) => sum + head.Totals.BilledNetNanoCredits);
            if (nets != world.Bill.FinalNetNanoCredits(day))
                yield return $"{day:yyyy-MM-dd}: net {nets}, "
                    + $"and the final one is {world.Bill.FinalNetNanoCredits(day)}";
        }
    }

    /// <summary>Of every account that says it is closed, as soon as it says so.</summary>
    public static IEnumerable<string> FaultsOfClosed(SimulationOutcome outcome)
    {
        var world = outcome.World;
        foreach (var ((account, day), seen) in outcome.Heads.Where(pair => world.Plan.EachDay.Contains(pair.Key.Day)))
        {
            foreach (var head in seen.Select(item => item.Head)
                .Where(head => head.Settlement is { Status: SettlementStatus.Closed, Reason: null }))
            {
                var isNested = world.Plan.Wallet.IsEnterprise && account.Name != world.Plan.Wallet.Enterprise;
                var final = isNested
                    ? new ViewScope(world, account.Name).ShownAt(day, DateTimeOffset.MaxValue)
                        .Where(shown => shown.Line.IsAiCredits).Sum(shown => shown.GrossNanoCredits)
                    : world.Bill.FinalGrossNanoCredits(day);
                if (head.Totals.BilledGrossNanoCredits != final)
                    yield return $"{day:yyyy-MM-dd} {account.Key}: closed with {head.Totals.BilledGrossNanoCredits}, "
                        + $"and the final bill is {final}";
            }
        }
    }
}
