using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>
/// Tells whether the input column of a bill holds the cached tokens: the reading that reproduces the billed gross.
/// </summary>
/// <remarks>
/// Not documented for GitHub's AI report (2026-08), so it is decided for each observation and never assumed.
/// </remarks>
internal static class BilledTokenConvention
{
    // A reading off by more than this reproduces nothing: the prices or the columns are not what we think.
    private const decimal ToleranceFraction = 0.01m;

    // Exclusive first: where no token is cached both readings fit alike.
    private static readonly bool[] Readings = [false, true];

    /// <summary>The charges' tokens by disjoint kind, under the reading that fits all of them best.</summary>
    /// <returns>Nothing for a charge without tokens; nothing at all when neither reading reproduces the bill.</returns>
    public static IReadOnlyDictionary<string, TokenCounts> Read(IEnumerable<Charge> charges, PriceBook prices)
    {
        var rows = charges.Where(charge => charge.Tokens is not null && charge.GrossNanoCredits > 0).ToList();
        var billed = rows.Sum(charge => AiCredits.FromNanoCredits(charge.GrossNanoCredits));
        var best = Readings
            .Select(isInclusive => (IsInclusive: isInclusive, Off: Off(rows, isInclusive, prices)))
            .Where(reading => reading.Off is not null && reading.Off <= billed * ToleranceFraction)
            .OrderBy(reading => reading.Off)
            .Select(reading => (bool?)reading.IsInclusive)
            .FirstOrDefault();
        return best is not { } isInclusive
            ? new Dictionary<string, TokenCounts>(StringComparer.Ordinal)
            : rows.ToDictionary(
                charge => charge.Id,
                charge => Counts(charge.Tokens!, isInclusive)!.Value,
                StringComparer.Ordinal);
    }

    private static decimal? Off(List<Charge> rows, bool isInclusive, PriceBook prices)
    {
        decimal? off = null;
        foreach (var charge in rows)
        {
            // One row that a reading cannot explain refutes it for all: passing over the row would favour that reading.
            if (Counts(charge.Tokens!, isInclusive) is not { } counts)
                return null;
            if (charge.Dimensions.Model.Text is not { } model)
                continue;
            var slice = new UsageSlice(
                default, charge.Day, Phase.Agent, Purpose.Main, charge.Channel, model, charge.IsAutoSelected,
                UsageSlice.StandardTier, 0, UsageEvidence.Summary, 0, 0, counts);
            if (prices.EstimateOf(slice).AiCredits is { } estimate)
                off = (off ?? 0) + Math.Abs(estimate.Total - AiCredits.FromNanoCredits(charge.GrossNanoCredits));
        }

        return off;
    }

    private static TokenCounts? Counts(BilledTokens tokens, bool isInclusive)
    {
        var fresh = isInclusive ? tokens.Input - tokens.CacheRead - tokens.CacheWrite : tokens.Input;
        return fresh < 0 ? null : new TokenCounts(fresh, tokens.Output, tokens.CacheRead, tokens.CacheWrite);
    }
}
