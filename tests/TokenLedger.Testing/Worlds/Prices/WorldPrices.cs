using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Worlds.Prices;

/// <summary>What usage truly costs, and the price book that the product has of it.</summary>
public sealed class WorldPrices
{
    private const decimal AutoDiscountPercent = 10;
    private static readonly DateOnly AsOf = new(2026, 11, 1);
    private readonly WorldPlan plan;
    private readonly PriceBook truth;

    /// <param name="plan">When prices change, and which are billed otherwise than listed.</param>
    public WorldPrices(WorldPlan plan)
    {
        this.plan = plan;
        Book = BookOf(RowsOf(plan.PriceChange));
        truth = BookOf(
        [
            .. RowsOf(plan.PriceChange),
            Row(WorldModel.Nova.Id, null, null, 0, 1.2m, 6m, 0.12m, 1.5m),
        ]);
    }

    /// <summary>The prices that the product knows.</summary>
    public PriceBook Book { get; }

    /// <summary>What a piece of usage is billed at, in nano-credits.</summary>
    public long CostNanoCredits(UsageSlice usage)
    {
        var list = truth.EstimateOf(usage).AiCredits!.Value.Total;
        return decimal.ToInt64(decimal.Round(
            list * FactorOf(usage.Model, usage.Day) * AiCredits.NanoCreditsPerCredit, 0, MidpointRounding.ToEven));
    }

    /// <summary>Whether a model is billed as listed on a day.</summary>
    public bool IsListed(string model, DateOnly day) => FactorOf(model, day) == 1m;

    private decimal FactorOf(string model, DateOnly day) =>
        string.Equals(model, WorldModel.Haiku.Id, StringComparison.Ordinal) && day >= plan.DriftFrom
            ? 1m + (plan.DriftPercent * 0.01m) : 1m;

    private static PriceBook BookOf(IEnumerable<PriceRow> rows) => new(
        new ModelNames([]), rows, [new AutoDiscount(Channel.Copilot, null, null, AutoDiscountPercent)], "world");

    private static IEnumerable<PriceRow> RowsOf(DateOnly change) =>
    [
        Row("claude-sonnet-5", null, null, 0, 2m, 10m, 0.2m, 2.5m),
        Row("claude-opus-5", null, null, 0, 5m, 25m, 0.5m, 6.25m),
        Row("gemini-3-5-flash", null, null, 0, 1.5m, 9m, 0.15m, null),
        Row("gpt-5-5", null, null, 0, 5m, 30m, 0.5m, null),
        Row("gpt-5-5", null, null, 272_000, 10m, 45m, 1m, null),
        Row(WorldModel.Haiku.Id, null, null, 0, 1m, 5m, 0.1m, 1.25m),
        Row(WorldModel.Sol.Id, null, change, 0, 2.5m, 15m, 0.25m, 3.125m),
        Row(WorldModel.Sol.Id, change, null, 0, 4m, 20m, 0.4m, 5m),
        Row("claude-sonnet-5", null, null, 0, 3m, 15m, 0.3m, 3.75m) with { Channel = Channel.Anthropic },
    ];

    private static PriceRow Row(
        string model, DateOnly? from, DateOnly? to, long threshold,
        decimal input, decimal output, decimal read, decimal? write) => new(
        Channel.Copilot, model, from, to, threshold, new UnitPrices(input, output, read, write, write), "world", AsOf,
        IsVerified: true);
}
