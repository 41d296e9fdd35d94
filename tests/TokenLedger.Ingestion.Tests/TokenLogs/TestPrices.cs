using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Tests.TokenLogs;

/// <summary>A small price book. Figures: Copilot and Anthropic list prices of October 2026, US dollars per million.</summary>
internal static class TestPrices
{
    public static PriceBook Book { get; } = new(
        new ModelNames([]),
        [
            Row(Channel.Copilot, "claude-sonnet-5", new UnitPrices(2m, 10m, 0.2m, 2.5m, 4m)),
            Row(Channel.Copilot, "gpt-5-6-luna", new UnitPrices(0.2m, 1.2m, 0.02m, 0.25m, null)),
            Row(Channel.Copilot, "gpt-5-4-mini", new UnitPrices(0.75m, 4.5m, 0.075m, null, null)),
            Row(Channel.Anthropic, "claude-sonnet-4-6", new UnitPrices(3m, 15m, 0.3m, 3.75m, 6m)),
            Row(Channel.OpenAI, "gpt-5-4", new UnitPrices(2.5m, 15m, 0.25m, null, null)),
        ],
        [],
        "test");

    public static UnitPrices Of(decimal input, decimal output, decimal cacheRead, decimal? cacheWrite) =>
        new(input, output, cacheRead, cacheWrite, null);

    public static PriceRow Row(Channel channel, string model, UnitPrices prices) =>
        new(channel, model, null, null, 0, prices, "test", new DateOnly(2026, 10, 9), IsVerified: true);
}
