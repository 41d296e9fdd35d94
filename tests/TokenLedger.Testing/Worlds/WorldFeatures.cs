using TokenLedger.Domain.Usage;
using TokenLedger.Testing.Worlds.Prices;
using TokenLedger.Testing.Worlds.Usage;

namespace TokenLedger.Testing.Worlds;

/// <summary>Notes which features of the generator a world has.</summary>
internal static class WorldFeatures
{
    public static void Note(World world)
    {
        var plan = world.Plan;
        var seen = world.Coverage;
        seen.Saw(plan.Wallet.IsEnterprise ? "enterprise" : "organisation alone");
        seen.SawIf(plan.Wallet.Organizations.Count > 1, "several organisations");
        seen.SawIf(plan.Wallet.CostCenters.Count > 0, "cost centres");
        seen.SawIf(plan.PollsOrganizationsToo, "nested scopes");
        seen.SawIf(plan.IsExclusive, "nobody but runs");
        seen.SawIf(plan.UnreadableDay is not null, "a day that is never readable");
        foreach (var view in plan.Imports)
            seen.Saw("imported " + view);
        seen.SawIf(plan.EachDay.Any(day => day.Month != plan.FirstDay.Month), "month boundary");
        foreach (var run in world.Activity.Runs)
            NoteRun(seen, run);
        foreach (var piece in world.Activity.Usage)
        {
            seen.SawIf(piece.Slice.IsAutoSelected, "auto selection");
            seen.SawIf(piece.Slice.PromptLengthThresholdTokens > 0, "long context");
            seen.SawIf(!world.Prices.IsListed(piece.Slice.Model, piece.Slice.Day), "price other than listed");
            seen.SawIf(piece.Model == WorldModel.Sol && piece.Slice.Day >= plan.PriceChange, "known price change");
        }
    }

    private static void NoteRun(WorldCoverage seen, WorldRun run)
    {
        seen.Saw("telemetry " + run.Telemetry);
        seen.Saw("payer " + run.Facts.Payer.Kind);
        seen.SawIf(run.Usage.Select(piece => piece.Slice.Day).Distinct().Count() > 1, "run over midnight");
        seen.SawIf(run.Usage.Any(piece => piece.Model == WorldModel.Nova), "unpriced model");
        seen.SawIf(run.Usage.Any(piece => piece.Slice.Phase == Phase.Detection), "threat detection");
    }
}
