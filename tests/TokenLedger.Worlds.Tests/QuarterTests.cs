using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;
using TokenLedger.Testing.Worlds;
using TokenLedger.Testing.Worlds.Accounts;
using TokenLedger.Testing.Worlds.Checks;
using TokenLedger.Testing.Worlds.Simulation;
using TokenLedger.Testing.Worlds.Views;

namespace TokenLedger.Worlds.Tests;

public sealed class QuarterTests
{
    [Fact]
    public async Task A_quarter_of_an_organisation_obeys_every_check() => await LiveAsync(WorldPlan.Of(4, days: 92));

    [Fact]
    public async Task A_quarter_of_an_enterprise_closes_every_day_at_the_final_bill()
    {
        var plan = WorldPlan.Of(9, days: 92) with
        {
            Wallet = new WorldWallet(
                "acme-inc", ["acme", "acme-labs", "acme-data"],
                new Dictionary<string, string> { ["acme-labs"] = "Platform", ["alice"] = "Research" },
                ["alice", "bob", "carol", "dave", "erin"]),
            RepositoriesEach = 7,
            PollsOrganizationsToo = true,
            Imports = [ImportedView.Usage],
            HasFaults = true,
            UnreadableDay = null,
        };

        var outcome = await LiveAsync(plan);

        Assert.InRange(outcome.World.Activity.Runs.Select(run => run.Facts.Repository).Distinct().Count(), 20, 21);
        string[] features = ["withdrawn row", "revision", "refund", "correction", "nested scopes"];
        Assert.All(features, feature => Assert.True(outcome.World.Coverage.Counts.ContainsKey(feature), feature));
        // The wallet is the enterprise's, day by day.
        Assert.All(plan.EachDay, day =>
        {
            var head = outcome.LastHeadsOf(day).Single(head => head.Totals.BilledGrossNanoCredits is not null);
            Assert.Equal(SettlementStatus.Closed, head.Settlement.Status);
            Assert.Null(head.Settlement.Reason);
            Assert.Equal(BillingAccountKind.Enterprise, head.Settlement.Account.Kind);
        });
    }

    private static async Task<SimulationOutcome> LiveAsync(WorldPlan plan)
    {
        var outcome = await WorldSimulation.RunAsync(World.Of(plan));
        var faults = await WorldChecks.FaultsOfAsync(outcome);
        Assert.True(faults.Count == 0, WorldChecks.Describe(plan.Seed, faults));
        Assert.Equal(92, outcome.Heads.Keys.Select(key => key.Day).Intersect(outcome.World.Plan.EachDay).Count());
        return outcome;
    }
}
