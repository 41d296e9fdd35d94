using TokenLedger.Application.Days;
using TokenLedger.Domain.Settlement;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>
/// What was read at any time is told again as of that time, and each change after settling is announced once.
/// </summary>
internal static class AsOfChecks
{
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(SimulationOutcome outcome)
    {
        var revisions = (await outcome.Product.Days
            .ReadRevisionsAsync(null, outcome.World.Plan.FirstDay.AddDays(-40),
                DateOnly.FromDateTime(outcome.EndedAt.UtcDateTime).AddDays(1), CancellationToken.None)
            .ToListAsync()).ToLookup(head => (head.Settlement.Account, head.Settlement.Day));
        var faults = new List<string>();
        foreach (var (key, seen) in outcome.Heads)
        {
            var of = $"{key.Day:yyyy-MM-dd} {key.Account.Key}";
            var own = revisions[key].ToList();
            faults.AddRange(seen
                // Before a bill was seen there is nothing to tell again.
                .Where(read => read.Head.Totals.BilledGrossNanoCredits is not null)
                .Where(read => own.FindLast(head => head.ReconciledAt <= read.At) != read.Head)
                .Select(read => $"{of}: as of {read.At:u} it is not revision {read.Head.Revision} as it was read then"));
            for (var i = 0; i < own.Count; i++)
            {
                if (i > 0 && own[i].Revision <= own[i - 1].Revision)
                    faults.Add($"{of}: revision {own[i].Revision} comes after {own[i - 1].Revision}");
                if (i > 0 && FaultOf(own[i - 1], own[i]) is { } fault)
                    faults.Add($"{of} revision {i + 1}: {fault}");
                outcome.World.Coverage.SawIf(own[i].Change.Kind == RevisionKind.Correction, "correction");
                outcome.World.Coverage.SawIf(own[i].Change.Kind == RevisionKind.Reallocation, "reallocation");
            }
        }

        return faults;
    }

    private static string? FaultOf(DayHead before, DayHead head)
    {
        var isBilledAnew = before.Totals.BilledGrossNanoCredits != head.Totals.BilledGrossNanoCredits
            || before.Totals.BilledNetNanoCredits != head.Totals.BilledNetNanoCredits;
        if (before.Change.SettledAt is null)
            return head.Change.IsAnnounced ? "announced, and the day had never settled" : null;
        if (head.Change.SettledAt != before.Change.SettledAt)
            return "the day settled first at another time";
        if (isBilledAnew && head.Change.Kind != RevisionKind.Correction)
            return $"the bill changed after settling, and it is a {head.Change.Kind}";
        return head.Change.Kind == RevisionKind.Confirmation && before.Totals != head.Totals
            ? "figures changed, and it is a confirmation"
            : null;
    }
}
