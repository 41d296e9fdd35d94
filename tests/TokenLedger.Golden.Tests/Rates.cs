using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Golden.Tests;

/// <summary>Price books of a case's own rates, in its order: input, cache write, cache read, output.</summary>
internal static class Rates
{
    private const decimal CreditsPerUsd = 100m;

    public static PriceBook Of(params PriceRow[] rows) => new(new ModelNames([]), rows, [], "case");

    public static PriceRow Row(
        Channel channel,
        string model,
        decimal? input,
        decimal? write,
        decimal? read,
        decimal? output,
        decimal? writeOneHour = null,
        long promptTokensAbove = 0,
        DateOnly? from = null,
        DateOnly? to = null) => new(
            channel,
            model,
            from,
            to,
            promptTokensAbove,
            new UnitPrices(input, output, read, write, writeOneHour),
            "case",
            new DateOnly(2026, 11, 1),
            IsVerified: true);

    /// <summary>What the slices cost; a slice without a price fails the test.</summary>
    public static decimal Credits(PriceBook book, IEnumerable<UsageSlice> slices) =>
        slices.Sum(slice => book.EstimateOf(slice).AiCredits!.Value.Total);

    public static decimal Usd(PriceBook book, IEnumerable<UsageSlice> slices) => Credits(book, slices) / CreditsPerUsd;
}
