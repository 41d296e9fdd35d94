using System.Collections.Frozen;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Pricing;

/// <summary>
/// Effective-dated list prices. Prices a slice by its channel, model, UTC day and prompt-length band.
/// </summary>
/// <remarks>
/// Nothing is rounded: credits are tokens × USD per million ÷ 10 000, exact in <see cref="decimal"/>. A kind without
/// a price makes a slice that used it <see cref="UnpricedReason.NoPriceForKind"/>, never cheaper.
/// </remarks>
public sealed class PriceBook
{
    // Credits of one token at one dollar per million: 1e-6 USD at 0.01 USD a credit. Multiplied, never divided.
    private const decimal AiCreditsPerTokenAtOneUsdPerMillion = 0.0001m;

    private readonly FrozenDictionary<(Channel, string), PriceRow[]> rowsByModel;
    private readonly AutoDiscount[] autoDiscounts;

    /// <summary>A book of checked rows.</summary>
    /// <param name="names">The names under which models are known.</param>
    /// <param name="rows">
    /// The rows in any order. Overlaps must have been refused: see <see cref="PriceBookProblems"/>.
    /// </param>
    /// <param name="autoDiscounts">Discounts of automatic selection.</param>
    /// <param name="hash">The hash of the file the book was read from, kept with every result.</param>
    public PriceBook(ModelNames names, IEnumerable<PriceRow> rows, IEnumerable<AutoDiscount> autoDiscounts, string hash)
    {
        Names = names;
        Hash = hash;
        rowsByModel = rows
            .GroupBy(row => (row.Channel, row.Model))
            .ToFrozenDictionary(
                group => group.Key,
                group => group.OrderByDescending(row => row.PromptLengthThresholdTokens).ToArray());
        this.autoDiscounts = [.. autoDiscounts];
    }

    /// <summary>The names under which models are known.</summary>
    public ModelNames Names { get; }

    /// <summary>The hash of the file the book was read from.</summary>
    public string Hash { get; }

    /// <summary>Every row, models in ordinal order.</summary>
    public IEnumerable<PriceRow> Rows => rowsByModel
        .OrderBy(pair => pair.Key.Item1.ToString(), StringComparer.Ordinal)
        .ThenBy(pair => pair.Key.Item2, StringComparer.Ordinal)
        .SelectMany(pair => pair.Value);

    /// <summary>The discounts of automatic selection, as they were given.</summary>
    public IReadOnlyList<AutoDiscount> AutoDiscounts => autoDiscounts;

    /// <summary>This book with another's rows in place of its own, model by model and channel by channel.</summary>
    /// <remarks>
    /// A model that the other book prices through a channel has none of this book's rows for it, so that no day is
    /// priced by a mixture. Other models and names stay, and so do discounts of channels for which it gives none.
    /// </remarks>
    /// <param name="other">The rows that win.</param>
    public PriceBook OverriddenBy(PriceBook other)
    {
        var channels = other.autoDiscounts.Select(discount => discount.Channel).ToHashSet();
        return new PriceBook(
            Names.ExtendedBy(other.Names),
            Rows.Where(row => !other.rowsByModel.ContainsKey((row.Channel, row.Model))).Concat(other.Rows),
            autoDiscounts.Where(discount => !channels.Contains(discount.Channel)).Concat(other.autoDiscounts),
            $"{Hash}+{other.Hash}");
    }

    /// <summary>The estimate of a slice, or why there is none.</summary>
    public Estimate EstimateOf(UsageSlice slice)
    {
        var row = Find(slice.Channel, slice.Model, slice.Day, slice.PromptLengthThresholdTokens, out var reason);
        if (row is null)
            return Estimate.NotPriced(reason);
        var factor = AiCreditsPerTokenAtOneUsdPerMillion
            * FactorOn(slice.Channel, slice.Day, slice.IsAutoSelected);
        return Price(slice.Tokens, slice.UnresolvedCacheTokens, row, factor);
    }

    /// <summary>The row for a request of that band on that day.</summary>
    /// <returns>
    /// The row with the highest threshold not above the band's; null with the reason when there is none.
    /// </returns>
    public PriceRow? Find(
        Channel channel, string model, DateOnly day, long promptLengthThresholdTokens, out UnpricedReason reason)
    {
        reason = UnpricedReason.UnknownModel;
        if (!rowsByModel.TryGetValue((channel, model), out var rows))
            return null;
        reason = UnpricedReason.NoPriceOnDay;
        foreach (var row in rows)
        {
            if (row.HoldsOn(day) && row.PromptLengthThresholdTokens <= promptLengthThresholdTokens)
                return row;
        }

        return null;
    }

    /// <summary>The rows of every band that hold for a model on a day, the highest threshold first.</summary>
    /// <returns>Empty, with the reason, when there is none.</returns>
    public IReadOnlyList<PriceRow> RowsOn(Channel channel, string model, DateOnly day, out UnpricedReason reason)
    {
        reason = UnpricedReason.UnknownModel;
        if (!rowsByModel.TryGetValue((channel, model), out var rows))
            return [];
        reason = UnpricedReason.NoPriceOnDay;
        return Array.FindAll(rows, row => row.HoldsOn(day));
    }

    /// <summary>What remains of a list price of 1 after the discount of automatic selection; 1 without one.</summary>
    public decimal FactorOn(Channel channel, DateOnly day, bool isAutoSelected) =>
        isAutoSelected && DiscountOn(channel, day) is { } discount ? 1m - (discount.Percent * 0.01m) : 1m;

    /// <summary>
    /// What is taken off the prices of a slice; null when automatic selection did not choose its model.
    /// </summary>
    public AutoDiscount? DiscountOf(UsageSlice slice) =>
        slice.IsAutoSelected ? DiscountOn(slice.Channel, slice.Day) : null;

    private static Estimate Price(TokenCounts tokens, long unresolvedCacheTokens, PriceRow row, decimal factor)
    {
        Span<decimal> credits = stackalloc decimal[5];
        foreach (var kind in TokenCounts.Kinds)
        {
            var count = tokens[kind];
            if (count == 0)
                continue;
            if (row.UsdPerMillionTokens[kind] is not { } price)
                return Estimate.NotPriced(UnpricedReason.NoPriceForKind);
            credits[(int)kind] = count * price * factor;
        }

        var byKind = new KindCredits(credits[0], credits[1], credits[2], credits[3], credits[4]);
        var high = byKind.Total;
        if (unresolvedCacheTokens > 0)
        {
            if (row.UsdPerMillionTokens.Input is not { } inputPrice)
                return Estimate.NotPriced(UnpricedReason.NoPriceForKind);
            high += unresolvedCacheTokens * inputPrice * factor;
        }

        return Estimate.Priced(byKind, high, row.PromptLengthThresholdTokens > 0);
    }

    private AutoDiscount? DiscountOn(Channel channel, DateOnly day) => Array.Find(autoDiscounts, discount =>
        discount.Channel == channel
        && (discount.ValidFrom is null || day >= discount.ValidFrom)
        && (discount.ValidTo is null || day < discount.ValidTo));
}
