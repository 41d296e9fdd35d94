using TokenLedger.Domain.Usage;
using TokenLedger.Testing.Worlds.Prices;

namespace TokenLedger.Testing.Worlds.Usage;

/// <summary>Everything that runs and people do in a world.</summary>
public sealed class WorldActivity
{
    private static readonly string[] Repositories = ["web", "api", "infra", "docs", "mobile", "data", "tools"];
    private static readonly string[] Workflows =
    [
        ".github/workflows/triage.lock.yml", ".github/workflows/review.lock.yml", ".github/workflows/docs.lock.yml",
    ];

    private readonly WorldPlan plan;
    private readonly WorldPrices prices;
    private readonly WorldDice dice;
    private readonly List<WorldRun> runs = [];
    private readonly List<WorldUsage> usage = [];

    /// <param name="plan">The plan.</param>
    /// <param name="prices">What usage costs.</param>
    public WorldActivity(WorldPlan plan, WorldPrices prices)
    {
        this.plan = plan;
        this.prices = prices;
        dice = new WorldDice(plan.Seed).For("activity");
        foreach (var day in plan.EachDay)
        {
            // Now and then a day without a run.
            var count = dice.Chance(6) ? 0 : dice.Roll(1, 6);
            for (var i = 0; i < count; i++)
                AddRun(day);
            if (!plan.IsExclusive)
                AddPeople(day);
        }

        usage.AddRange(runs.SelectMany(run => run.Usage));
    }

    /// <summary>The runs, in the order in which they started.</summary>
    public IReadOnlyList<WorldRun> Runs => runs;

    /// <summary>All usage, of runs and of others.</summary>
    public IReadOnlyList<WorldUsage> Usage => usage;

    private void AddRun(DateOnly day)
    {
        var organization = dice.Pick(plan.Wallet.Organizations);
        var repository = $"{organization}/{dice.Pick(Repositories[..plan.RepositoriesEach])}";
        var path = dice.Pick(Workflows);
        var startedAt = WorldPlan.StartOf(day).AddMinutes(dice.Roll(0, 24 * 60));
        var isOverMidnight = startedAt.Hour >= 22 && day.AddDays(1) < plan.End;
        var isOwnKey = dice.Chance(3);
        var login = !isOwnKey && dice.Chance(20) ? dice.Pick(plan.Wallet.People) : null;
        var key = new RunKey(RunKey.PublicHost, 1_000 + runs.Count, 1);
        var endedAt = startedAt.AddMinutes(isOverMidnight ? 180 : 30);
        var telemetry = TelemetryOf();
        var facts = new RunFacts(key, organization, repository)
        {
            WorkflowPath = path,
            WorkflowName = path[18..^9],
            Engine = isOwnKey ? "claude" : "copilot",
            StartedAt = startedAt,
            Conclusion = "success",
            Payer = isOwnKey ? Payer.Key
                : dice.Chance(6) ? Payer.Unknown
                : login is null ? Payer.Organization : Payer.User(login),
        };
        runs.Add(new WorldRun(
            facts,
            [.. PiecesOf(key, day, isOverMidnight, isOwnKey).Select(piece => new WorldUsage(
                UsageKind.Run, organization, repository, path, login, piece.Model, piece.Slice,
                isOwnKey ? 0 : prices.CostNanoCredits(piece.Slice)))],
            telemetry,
            endedAt,
            telemetry == TelemetryKind.Late ? endedAt.AddHours(dice.Roll(20, 9 * 24)) : endedAt.AddMinutes(5)));
    }

    private TelemetryKind TelemetryOf()
    {
        var roll = dice.Roll(0, 100);
        if (roll < plan.BarePercent)
            return TelemetryKind.None;
        if (roll < plan.BarePercent + plan.LossyPercent)
            return TelemetryKind.WithoutCacheWrites;
        if (roll < plan.BarePercent + plan.LossyPercent + plan.LatePercent)
            return TelemetryKind.Late;
        return roll > 98 ? TelemetryKind.WithoutDetection : TelemetryKind.Whole;
    }

    private IEnumerable<(WorldModel Model, UsageSlice Slice)> PiecesOf(
        RunKey run, DateOnly day, bool isOverMidnight, bool isOwnKey)
    {
        var model = isOwnKey ? WorldModel.All[0] : ModelOf();
        var channel = isOwnKey ? Channel.Anthropic : Channel.Copilot;
        var isAuto = !isOwnKey && dice.Chance(8);
        yield return (model, SliceOf(run, day, Phase.Agent, Purpose.Main, channel, model, isAuto));
        if (isOverMidnight)
            yield return (model, SliceOf(run, day.AddDays(1), Phase.Agent, Purpose.Main, channel, model, isAuto));
        if (dice.Chance(30))
        {
            var other = isOwnKey ? model : ModelOf();
            yield return (other, SliceOf(run, day, Phase.Agent, Purpose.SubAgent, channel, other, isAuto: false));
        }

        if (dice.Chance(60))
            yield return (model, SliceOf(run, day, Phase.Detection, Purpose.Main, channel, model, isAuto));
    }

    private void AddPeople(DateOnly day)
    {
        foreach (var login in plan.Wallet.People.Where(_ => dice.Chance(45)))
        {
            var model = ModelOf();
            Add(UsageKind.Person, login, model, SliceOf(
                default, day, Phase.Agent, Purpose.Main, Channel.Copilot, model, dice.Chance(15)));
        }

        if (dice.Chance(30))
        {
            var login = dice.Chance(50) ? null : dice.Pick(plan.Wallet.People);
            Add(UsageKind.CodeReview, login, WorldModel.All[0], SliceOf(
                default, day, Phase.Agent, Purpose.Main, Channel.Copilot, WorldModel.All[0], isAuto: false));
        }

        if (dice.Chance(15))
            Add(UsageKind.CloudAgent, dice.Pick(plan.Wallet.People), WorldModel.All[1], SliceOf(
                default, day, Phase.Agent, Purpose.Main, Channel.Copilot, WorldModel.All[1], isAuto: false));
        if (dice.Chance(10))
        {
            var model = ModelOf();
            Add(UsageKind.OtherAutomation, null, model, SliceOf(
                default, day, Phase.Agent, Purpose.Main, Channel.Copilot, model, isAuto: false));
        }
    }

    private void Add(UsageKind kind, string? user, WorldModel model, UsageSlice slice)
    {
        var organization = dice.Pick(plan.Wallet.Organizations);
        var isJob = kind == UsageKind.OtherAutomation;
        usage.Add(new WorldUsage(
            kind, organization, isJob ? organization + "/web" : null, isJob ? ".github/workflows/build.yml" : null,
            user, model, slice, prices.CostNanoCredits(slice)));
    }

    private WorldModel ModelOf() => dice.Chance(4) ? WorldModel.Nova : dice.Pick(WorldModel.All.SkipLast(1).ToList());

    private UsageSlice SliceOf(
        RunKey run, DateOnly day, Phase phase, Purpose purpose, Channel channel, WorldModel model, bool isAuto)
    {
        var tokens = new TokenCounts(
            dice.Roll(2_000, 400_000), dice.Roll(500, 60_000), dice.Roll(0, 3_000_000),
            model.WritesCache ? dice.Roll(0, 300_000) : 0);
        var band = model.LongBandThresholdTokens is { } threshold && dice.Chance(25) ? threshold : 0;
        return new UsageSlice(
            run, day, phase, purpose, channel, model.Id, isAuto, UsageSlice.StandardTier, band,
            UsageEvidence.ProxyRecords, dice.Roll(1, 60), dice.Roll(1_000, 600_000), tokens);
    }
}
