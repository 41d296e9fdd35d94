using System.Globalization;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Pricing;

/// <summary>What is wrong with a set of price rows, all of it at once.</summary>
public static class PriceBookProblems
{
    /// <summary>One sentence for each fault; empty for a sound book.</summary>
    /// <remarks>
    /// Refused: spans that overlap or end before they start, negative prices, a threshold that the fold over token
    /// logs does not keep apart, a band without the default row beneath it.
    /// </remarks>
    public static IEnumerable<string> In(IReadOnlyList<PriceRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.ValidFrom is { } from && row.ValidTo is { } to && to <= from)
                yield return $"{Describe(row)}: validTo is not after validFrom.";
            if (TokenCounts.Kinds.Any(kind => row.UsdPerMillionTokens[kind] < 0))
                yield return $"{Describe(row)}: a unit price is negative.";
            if (!PromptLengthBand.ThresholdsTokens.Contains(row.PromptLengthThresholdTokens))
            {
                var known = string.Join(", ", PromptLengthBand.ThresholdsTokens);
                yield return $"{Describe(row)}: the threshold must be one of {known} tokens.";
            }
        }

        foreach (var group in rows.GroupBy(row => (row.Channel, row.Model, row.PromptLengthThresholdTokens)))
        {
            PriceRow? before = null;
            foreach (var row in group.OrderBy(row => row.ValidFrom ?? DateOnly.MinValue))
            {
                var isApart = before?.ValidTo is { } end && row.ValidFrom >= end;
                if (before is not null && !isApart)
                    yield return $"{Describe(row)}: overlaps the row from {Day(before.ValidFrom)}.";
                before = row;
            }
        }

        // Without the default row short prompts of a model that is priced would have no price.
        var defaults = rows
            .Where(row => row.PromptLengthThresholdTokens == 0)
            .ToLookup(row => (row.Channel, row.Model));
        foreach (var row in rows.Where(row => row.PromptLengthThresholdTokens > 0))
        {
            if (!defaults[(row.Channel, row.Model)].Any(other => other.HoldsOn(row.ValidFrom ?? DateOnly.MinValue)))
                yield return $"{Describe(row)}: no row above 0 tokens holds on its first day.";
        }
    }

    private static string Describe(PriceRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Channel} {row.Model} from {Day(row.ValidFrom)} above {row.PromptLengthThresholdTokens} tokens");

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "ever";
}
