namespace TokenLedger.Testing.Worlds.Faults;

/// <summary>When a provider misbehaves. Every fault ends, but that of a day that is never readable.</summary>
public sealed class FaultPlan
{
    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();
    private readonly List<FaultWindow> windows = [];
    private readonly DateOnly? unreadableDay;

    private FaultPlan(DateOnly? unreadableDay) => this.unreadableDay = unreadableDay;

    /// <summary>The faults of a plan.</summary>
    public static FaultPlan Of(WorldPlan plan)
    {
        var faults = new FaultPlan(plan.UnreadableDay);
        if (!plan.HasFaults)
            return faults;
        var dice = new WorldDice(plan.Seed).For("faults");
        var at = WorldPlan.StartOf(plan.FirstDay.AddDays(1));
        for (var i = dice.Roll(2, 7); i > 0; i--)
        {
            at = at.AddHours(dice.Roll(6, 8 * 24));
            var to = at.AddHours(dice.Chance(80) ? dice.Roll(1, 10) : dice.Roll(24, 100));
            faults.windows.Add(new FaultWindow(dice.Pick(Kinds), at, to, dice.Chance(30)));
            at = to;
        }

        return faults;
    }

    /// <summary>The fault that a question for a day meets; null for none.</summary>
    public FaultKind? At(DateTimeOffset now, DateOnly day, bool isNested) => day == unreadableDay
        ? FaultKind.Failed
        : windows.Find(window => window.From <= now && now < window.To && window.OfNested == isNested)?.Kind;

    /// <summary>When the last fault that ends is over, UTC.</summary>
    public DateTimeOffset EndsAt => windows.Select(window => window.To).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
}
