using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Testing.Worlds.Checks;

/// <summary>What must hold of stored days at every moment, not only in the end.</summary>
internal static class HeadChecks
{
    /// <summary>Of one head.</summary>
    /// <param name="head">The head as it is read now.</param>
    /// <param name="before">As it was read last; null when it was not there.</param>
    /// <param name="journal">What was shown.</param>
    /// <param name="now">The time, UTC.</param>
    /// <remarks>A figure that was read once may only change with the revision.</remarks>
    public static IEnumerable<string> FaultsOf(
        DayHead head, DayHead? before, WorldJournal journal, DateTimeOffset now)
    {
        var of = $"{head.Settlement.Day:yyyy-MM-dd} {head.Settlement.Account.Key} at {now:u}";
        var totals = head.Totals;
        if (totals.AllocatedGrossNanoCredits + totals.UnallocatedGrossNanoCredits != totals.BilledGrossNanoCredits)
            yield return $"laws: {of}: allocated and unallocated are not the billed {totals}";
        if (before is not null && before.Revision > head.Revision)
            yield return $"as-of: {of}: revision {before.Revision} became {head.Revision}";
        if (before is not null && before.Revision == head.Revision && before != head)
            yield return $"as-of: {of}: revision {head.Revision} changed without a new one: {before} {head}";

        var looks = journal.LooksAt(head.Settlement.Account, head.Settlement.Day).ToList();
        if (head.Settlement is { Status: >= SettlementStatus.Settled, Reason: null }
            && !looks.Exists(view => ClosingRule.MaySettle(view, now)))
            yield return $"settled early: {of}";
        if (head.Settlement is { Status: SettlementStatus.Closed, Reason: null }
            && !looks.Exists(view => ClosingRule.MayClose(view, now)))
            yield return $"closed early: {of}";
    }

    /// <summary>Of all heads of a day together: one wallet's money stands on one bill.</summary>
    public static IEnumerable<string> FaultsOf(World world, IReadOnlyList<DayHead> day)
    {
        var billed = day.Where(head => head.Totals.BilledGrossNanoCredits is not null).ToList();
        if (billed.Exists(head => head.Settlement.Account.Kind == BillingAccountKind.Enterprise) && billed.Count > 1)
            yield return $"billed twice: {string.Join(" and ", billed.Select(head => head.Settlement))}";
        if (billed.Exists(head => head.Settlement.Account.Source != BillingAccount.GitHub))
            yield return $"unknown as 0: a channel without a bill is billed on {billed[0].Settlement.Day:yyyy-MM-dd}";
        world.Coverage.SawIf(
            billed.Exists(head => head.Settlement.Account.Kind == BillingAccountKind.Organization)
            && world.Plan.Wallet.IsEnterprise,
            "inner bill stood in for the outer one");
    }
}
