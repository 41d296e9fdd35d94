using TokenLedger.Testing.Worlds;
using TokenLedger.Testing.Worlds.Checks;
using TokenLedger.Testing.Worlds.Simulation;

namespace TokenLedger.Worlds.Tests;

public sealed class QuarterTests
{
    [Fact]
    public async Task A_quarter_of_a_year_obeys_every_check()
    {
        const ulong Seed = 4;
        var outcome = await WorldSimulation.RunAsync(World.Of(WorldPlan.Of(Seed, days: 92)));
        var faults = await WorldChecks.FaultsOfAsync(outcome);
        Assert.True(faults.Count == 0, WorldChecks.Describe(Seed, faults));
        Assert.Equal(92, outcome.Heads.Keys.Select(key => key.Day).Intersect(outcome.World.Plan.EachDay).Count());
    }
}
