using TokenLedger.Testing.Worlds.Bills;
using TokenLedger.Testing.Worlds.Faults;
using TokenLedger.Testing.Worlds.Prices;
using TokenLedger.Testing.Worlds.Usage;

namespace TokenLedger.Testing.Worlds;

/// <summary>Everything that is true in one simulated world, before the product looks at it.</summary>
public sealed class World
{
    private World(WorldPlan plan)
    {
        Plan = plan;
        Prices = new WorldPrices(plan);
        Activity = new WorldActivity(plan, Prices);
        Bill = new WorldBill(plan, Activity.Usage, Coverage);
        Faults = FaultPlan.Of(plan);
        WorldFeatures.Note(this);
    }

    /// <summary>What the seed decided.</summary>
    public WorldPlan Plan { get; }

    /// <summary>True prices, and the price book of the product.</summary>
    public WorldPrices Prices { get; }

    /// <summary>What runs and people did.</summary>
    public WorldActivity Activity { get; }

    /// <summary>What the provider bills.</summary>
    public WorldBill Bill { get; }

    /// <summary>When the provider refuses.</summary>
    public FaultPlan Faults { get; }

    /// <summary>What has happened.</summary>
    public WorldCoverage Coverage { get; } = new();

    /// <summary>The world of a seed.</summary>
    public static World Of(ulong seed) => new(WorldPlan.Of(seed));

    /// <summary>The world of a plan.</summary>
    public static World Of(WorldPlan plan) => new(plan);
}
