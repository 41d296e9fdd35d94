using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PriceUpdates;

/// <summary>The rows of a model once listed prices hold from a day on.</summary>
internal static class UpdatedRows
{
    // A source is at most 400 characters in a price file.
    private const int SourceMax = 400;

    /// <summary>
    /// Earlier rows as they were, those in force closed on the effective day, the listed ones from then until the book
    /// knows of another change, and from there on what it knows.
    /// </summary>
    public static IReadOnlyList<PriceRow> Of(
        (Channel Channel, string Model) key, ListedModel entry, PriceBook book, PriceUpdateRequest request)
    {
        var own = book.Rows
            .Where(row => row.Channel == key.Channel && string.Equals(row.Model, key.Model, StringComparison.Ordinal))
            .ToList();
        var effective = request.Effective;
        var end = own
            .Select(row => row.HoldsOn(effective) ? row.ValidTo : row.ValidFrom > effective ? row.ValidFrom : null)
            .Min();
        var rows = new List<PriceRow>();
        foreach (var row in own)
        {
            if (!row.HoldsOn(effective))
            {
                rows.Add(row);
                continue;
            }

            if (row.ValidFrom is null || row.ValidFrom < effective)
                rows.Add(row with { ValidTo = effective });
            if (end is not null && (row.ValidTo is null || row.ValidTo > end))
                rows.Add(row with { ValidFrom = end });
        }

        var source = $"{request.Source}: {entry.Id}";
        rows.AddRange(entry.Bands.Select(band => new PriceRow(
            key.Channel, key.Model, effective, end, band.Key, band.Value,
            source.Length > SourceMax ? source[..SourceMax] : source, request.AsOf, IsVerified: false)));
        return
        [
            .. rows.OrderBy(row => row.PromptLengthThresholdTokens).ThenBy(row => row.ValidFrom ?? DateOnly.MinValue),
        ];
    }
}
