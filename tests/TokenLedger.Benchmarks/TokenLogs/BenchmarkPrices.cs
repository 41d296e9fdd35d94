using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Benchmarks.TokenLogs;

/// <summary>A small price book that knows every model of <see cref="SyntheticTokenLog"/>.</summary>
internal static class BenchmarkPrices
{
    public static PriceBook Book { get; } = new(
        new ModelNames([]),
        [
            Row(Channel.Copilot, "claude-sonnet-5", new UnitPrices(2m, 10m, 0.2m, 2.5m, 4m)),
            Row(Channel.Anthropic, "claude-sonnet-5", new UnitPrices(2m, 10m, 0.2m, 2.5m, 4m)),
            Row(Channel.Copilot, "gpt-5-6-luna", new UnitPrices(0.2m, 1.2m, 0.02m, 0.25m, null)),
            Row(Channel.OpenAI, "gpt-5-4", new UnitPrices(0.2m, 1.2m, 0.02m, null, null)),
        ],
        [],
        "benchmark");

    private static PriceRow Row(Channel channel, string model, UnitPrices prices) =>
        new(channel, model, null, null, 0, prices, "benchmark", new DateOnly(2026, 10, 9), IsVerified: true);
}
