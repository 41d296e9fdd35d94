using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>When a day may settle and close, written down once more and apart from the product.</summary>
internal static class ClosingRule
{
    private static readonly TimeSpan SettledAge = TimeSpan.FromDays(4);
    private static readonly TimeSpan EqualLooksApart = TimeSpan.FromHours(24);

    /// <summary>
    /// Whether looks up to a time allow a day to be called settled: two equal ones, apart and old enough.
    /// </summary>
    /// <remarks>Looks that could not be read whole prove nothing, neither for nor against.</remarks>
    public static bool MaySettle(IReadOnlyList<WorldLook> looks, DateTimeOffset now) =>
        AreEqualAndApart([.. looks.Where(look => look.IsComplete && look.At <= now)]);

    /// <summary>Whether they also allow it to be called closed.</summary>
    public static bool MayClose(IReadOnlyList<WorldLook> looks, DateTimeOffset now) =>
        MaySettle(looks, now)
        && looks.Last(look => look.IsComplete && look.At <= now) is { } last
        && last.At >= WorldPlan.ClosesAt(last.Day);

    /// <summary>
    /// Whether the product need look no more: the last look is whole, and a bill of nothing does not answer for runs.
    /// </summary>
    public static bool IsClosed(IReadOnlyList<WorldLook> looks, DateTimeOffset now, DayHead? head)
    {
        var seen = looks.Where(look => look.At <= now).ToList();
        return MayClose(seen, now) && AreEqualAndApart(seen) && !(seen[^1].IsEmpty && head?.Totals.Runs > 0);
    }

    private static bool AreEqualAndApart(List<WorldLook> seen)
    {
        if (seen.Count == 0)
            return false;
        var last = seen[^1];
        var first = seen.Count - 1;
        while (first > 0 && seen[first - 1].Figures == last.Figures)
            first--;
        return last.IsComplete
            && last.At - WorldPlan.StartOf(last.Day.AddDays(1)) >= SettledAge
            && last.At - seen[first].At >= EqualLooksApart;
    }

    /// <summary>The view that is polled.</summary>
    public const BillView Polled = BillView.AiCreditUsage;
}
