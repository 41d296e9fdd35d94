using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Gap;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Tests.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Gap;

/// <summary>One planted difference, or none, between what runs used and what their logs say, and between prices.</summary>
public enum Plant
{
    Nothing,
    LostCacheWrites,
    WritesCountedAsInput,
    OtherPrice,
    BareRun,
    People,
}

/// <summary>A day of one model whose true usage is known: what was used, what logs hold, what was billed.</summary>
public sealed record GapWorld(IReadOnlyList<TokenCounts> Used, TokenCounts Planted, Plant Plant, bool IsInputInclusive)
{
    public const string Sonnet = "claude-sonnet-5";

    /// <summary>US dollars per million: input 5, output 25, read 0.5, writes 6.25 and 10.</summary>
    public static readonly PriceBook Book = BookAt(1m);

    public static Arbitrary<GapWorld> Arbitrary { get; } = Arb.From(Generator());

    /// <summary>The credits of tokens at the booked price.</summary>
    public static decimal Worth(TokenCounts tokens, decimal factor = 1m) => 0.0001m * factor * (
        (5m * tokens.Input) + (25m * tokens.Output) + (0.5m * tokens.CacheRead) + (6.25m * tokens.CacheWrite5m)
        + (10m * tokens.CacheWrite1h));

    public static PriceBook BookAt(decimal factor) => new(
        new ModelNames([]),
        [
            new PriceRow(
                Channel.Copilot, Sonnet, null, null, 0,
                new UnitPrices(5m * factor, 25m * factor, 0.5m * factor, 6.25m * factor, 10m * factor), "test", default, true),
        ],
        [], "test");

    /// <summary>The amount that was planted: what the gap must say of its part.</summary>
    public decimal PlantedAiCredits => Plant switch
    {
        Plant.LostCacheWrites => Used.Sum(run => Worth(new TokenCounts(0, 0, 0, run.CacheWrite5m))),
        Plant.WritesCountedAsInput => Used.Sum(run => 0.0001m * 1.25m * run.CacheWrite5m),
        Plant.OtherPrice => Used.Sum(run => Worth(run, -0.2m)),
        Plant.BareRun or Plant.People => Worth(Planted),
        _ => 0,
    };

    internal Scenario Build()
    {
        var scenario = new Scenario { Prices = Book };
        if (Plant != Plant.People)
            scenario.Exclusive(new ExclusiveScope());
        if (Plant == Plant.BareRun)
            scenario.SilentRun(99);
        for (var i = 0; i < Used.Count; i++)
            AddRun(scenario, i + 1, Logged(Used[i]));
        var billed = Used.Aggregate(default(TokenCounts), (sum, run) => sum + run);
        if (Plant is Plant.BareRun or Plant.People)
            billed += Planted;
        return AddBill(scenario, billed, Worth(billed, Plant == Plant.OtherPrice ? 0.8m : 1m));
    }

    internal static void AddRun(Scenario scenario, long id, TokenCounts tokens) => scenario.Run(
        id, null, Sonnet, tokens: tokens, kinds: new KindCredits(
            Worth(new TokenCounts(tokens.Input, 0, 0)), Worth(new TokenCounts(0, tokens.Output, 0)),
            Worth(new TokenCounts(0, 0, tokens.CacheRead)), Worth(new TokenCounts(0, 0, 0, tokens.CacheWrite5m)),
            Worth(new TokenCounts(0, 0, 0, 0, tokens.CacheWrite1h))));

    internal Scenario AddBill(Scenario scenario, TokenCounts billed, decimal credits) => scenario.Bill(
        credits, Names.Model(Sonnet), netCredits: credits / 2, tokens: new BilledTokens(
            billed.Input + (IsInputInclusive ? billed.CacheRead + billed.CacheWrite : 0), billed.Output, billed.CacheRead,
            billed.CacheWrite));

    internal static IReadOnlyList<GapCell> Explain(Scenario scenario, SettlementStatus status = SettlementStatus.Settled)
    {
        var day = scenario.Build();
        return DayGap.Of(
            day, DayReconciler.Reconcile(day), new DaySettlement(day.Account, day.Day, status, 2, default, default));
    }

    private TokenCounts Logged(TokenCounts used) => Plant switch
    {
        Plant.LostCacheWrites => used with { CacheWrite5m = 0 },
        Plant.WritesCountedAsInput => used with { Input = used.Input + used.CacheWrite5m, CacheWrite5m = 0 },
        _ => used,
    };

    private static Gen<GapWorld> Generator() =>
        from used in Gen.NonEmptyListOf(UsageGenerator())
        from planted in UsageGenerator()
        from plant in Gen.Elements(Enum.GetValues<Plant>())
        from isInclusive in Gen.Elements(false, true)
        select new GapWorld([.. used.Take(6)], planted, plant, isInclusive);

    private static Gen<TokenCounts> UsageGenerator() =>
        from input in Gen.Choose(1_000, 200_000)
        from output in Gen.Choose(1_000, 50_000)
        from read in Gen.Choose(10_000, 2_000_000)
        from write in Gen.Choose(5_000, 300_000)
        select new TokenCounts(input, output, read, write);
}
