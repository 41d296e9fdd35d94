using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Reconciliation;

/// <summary>
/// A generated day: runs with priced, unpriced, worthless and missing telemetry and known and unknown payers; bills with
/// overlapping rows, several views, nested scopes, refunds, zero rows, known and unknown nets, token kinds and columns.
/// </summary>
public sealed record World(IReadOnlyList<RunSpec> Runs, IReadOnlyList<ChargeSpec> Charges, bool IsExclusive)
{
    private static readonly string[] Repositories = ["acme/web", "acme/api", "other/web"];
    private static readonly string?[] Workflows = [".github/workflows/a.lock.yml", ".github/workflows/b.lock.yml", null];
    private static readonly string[] Models = ["claude-sonnet-5", "gpt-5-5", "nova-9"];
    private static readonly Payer[] Payers = [Payer.Organization, Payer.Unknown, Payer.User("alice"), Payer.User("bob"), Payer.Key];
    private static readonly Channel[] Channels = [Channel.Copilot, Channel.Copilot, Channel.Copilot, Channel.Anthropic];
    private static readonly BillView[] Views =
        [BillView.AiCreditReport, BillView.AiCreditReport, BillView.AiCreditUsage, BillView.Usage, BillView.UsageSummary];

    // Any number of worlds by hand: TOKENLEDGER_WORLDS=100000.
    private static readonly int Count =
        int.Parse(Environment.GetEnvironmentVariable("TOKENLEDGER_WORLDS") ?? "600", System.Globalization.CultureInfo.InvariantCulture);

    public static Arbitrary<World> Arbitrary { get; } = Arb.From(Generator(), Shrink);

    /// <summary>Checks a law over this many worlds, with the failing world shrunk and printed.</summary>
    public static void Obeys(Func<World, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Count).WithEndSize(40), Prop.ForAll(Arbitrary, law));

    public AccountDay Build()
    {
        var scenario = new Scenario();
        if (IsExclusive)
            scenario.Exclusive(new ExclusiveScope());
        for (var i = 0; i < Runs.Count; i++)
            Runs[i].AddTo(scenario, i + 1);
        for (var i = 0; i < Charges.Count; i++)
            Charges[i].AddTo(scenario, $"c{i:D3}");
        return scenario.Build();
    }

    public DayReconciliation Reconcile() => DayReconciler.Reconcile(Build());

    private static Gen<World> Generator() =>
        from runs in Gen.ListOf(RunGenerator())
        from charges in Gen.ListOf(ChargeGenerator())
        from isExclusive in Gen.Choose(0, 5)
        select new World([.. runs.Take(12)], [.. charges.Take(14)], isExclusive == 0);

    private static Gen<RunSpec> RunGenerator() =>
        from repository in Gen.Elements(Repositories)
        from workflow in Gen.Elements(Workflows)
        from model in Gen.Elements(Models)
        from payer in Gen.Elements(Payers)
        from channel in Gen.Elements(Channels)
        from state in Gen.Choose(0, 9)
        from input in Nano()
        from output in Nano()
        from read in Nano()
        select new RunSpec(repository, workflow, model, payer, channel, state, input, output, read);

    private static Gen<ChargeSpec> ChargeGenerator() =>
        from view in Gen.Elements(Views)
        from repository in Gen.Elements([null, null, .. Repositories])
        from workflow in Gen.Elements([null, null, null, Workflows[0]])
        from user in Gen.Elements<string?>(null, null, "", "alice", "bob")
        from model in Gen.Elements([null, .. Models])
        from kind in Gen.Elements<TokenKind?>(null, null, null, TokenKind.Output, TokenKind.CacheRead)
        from organization in Gen.Elements<string?>(null, "acme", "other")
        from gross in Gen.OneOf(Nano(), Nano().Select(value => -value / 3), Gen.Constant(0L))
        from net in Gen.OneOf(Gen.Constant<long?>(null), Nano().Select(value => (long?)value), Gen.Constant<long?>(0))
        from isChat in Gen.Choose(0, 12)
        select new ChargeSpec(view, repository, workflow, user, model, kind, organization, gross, net, isChat == 0);

    // Small numbers meet in ties and remainders, large ones in overflow and proportion.
    private static Gen<long> Nano() => Gen.OneOf(
        Gen.Choose(0, 7).Select(value => (long)value),
        Gen.Choose(0, 2_000_000_000).Select(value => (long)value),
        Gen.Choose(0, 1_000_000_000).Select(value => value * 4_000_000L));

    private static IEnumerable<World> Shrink(World world)
    {
        for (var i = 0; i < world.Runs.Count; i++)
            yield return world with { Runs = [.. world.Runs.Where((_, at) => at != i)] };
        for (var i = 0; i < world.Charges.Count; i++)
            yield return world with { Charges = [.. world.Charges.Where((_, at) => at != i)] };
        if (world.IsExclusive)
            yield return world with { IsExclusive = false };
    }
}
