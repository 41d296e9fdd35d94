namespace TokenLedger.Testing.Worlds.Bills;

/// <summary>Draws when a line of the bill appears, changes, goes and comes back.</summary>
public sealed class BillHistory(WorldDice dice, WorldCoverage coverage)
{
    private readonly Dictionary<DateOnly, DateTimeOffset[]> burstsByDay = [];

    /// <summary>The history of a line; it is final two hours before the bill of its month is.</summary>
    public IReadOnlyList<BillStep> Of(DateOnly day, bool isRefund)
    {
        var finalAt = WorldPlan.ClosesAt(day).AddHours(-2);
        var monthEnd = WorldPlan.ClosesAt(day).AddDays(-3);
        var shownAt = dice.Pick(BurstsOf(day));
        if (isRefund)
            shownAt = shownAt.AddHours(dice.Roll(6, 12 * 24));
        else if (dice.Chance(3))
        {
            shownAt = monthEnd.AddHours(dice.Roll(1, 70));
            coverage.Saw("late row after month end");
        }

        if (shownAt > finalAt)
            shownAt = finalAt;
        var steps = new List<BillStep>();
        if (dice.Chance(12))
        {
            // An amount that is not the final one yet: too small more often than too large.
            steps.Add(new BillStep(shownAt, dice.Pick([40, 70, 90, 97, 104, 130])));
            shownAt = Before(finalAt, shownAt.AddHours(dice.Roll(6, 10 * 24)));
        }

        steps.Add(new BillStep(shownAt, 100));
        if (dice.Chance(6))
        {
            var goneAt = Before(finalAt, shownAt.AddHours(dice.Roll(12, 72)));
            steps.Add(new BillStep(goneAt, null));
            steps.Add(new BillStep(Before(finalAt, goneAt.AddHours(dice.Roll(6, 60))), 100));
        }

        return steps;
    }

    private static DateTimeOffset Before(DateTimeOffset limit, DateTimeOffset time) => time < limit ? time : limit;

    // Rows come in bursts: a day has few times at which something appears.
    private DateTimeOffset[] BurstsOf(DateOnly day)
    {
        if (burstsByDay.TryGetValue(day, out var known))
            return known;
        var end = WorldPlan.StartOf(day.AddDays(1));
        var bursts = new DateTimeOffset[dice.Roll(1, 4)];
        for (var i = 0; i < bursts.Length; i++)
            bursts[i] = end.AddHours(dice.Chance(50) ? dice.Roll(0, 6) : dice.Roll(6, 96));
        return burstsByDay[day] = bursts;
    }
}
