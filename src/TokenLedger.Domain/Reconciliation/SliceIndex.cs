using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Reconciliation;

/// <summary>The slices of a day by channel and model, so that a bucket looks only at slices it could mean.</summary>
internal sealed class SliceIndex
{
    private readonly Dictionary<Channel, List<SliceLedger>> byChannel = [];
    private readonly Dictionary<(Channel, string), List<SliceLedger>> byModel = [];

    /// <summary>Every slice once.</summary>
    public IEnumerable<PricedSlice> All => byChannel.Values.SelectMany(list => list).Select(ledger => ledger.Slice);

    public static SliceIndex Of(IEnumerable<PricedSlice> slices)
    {
        var index = new SliceIndex();

        var ordered = slices.ToArray();
        Array.Sort(ordered, PricedSliceOrder.Instance);
        for (var i = 0; i < ordered.Length; i++)
        {
            // The same slice given twice is one slice: its key says which it is.
            var slice = ordered[i];
            if (i > 0 && PricedSliceOrder.Instance.Compare(ordered[i - 1], slice) == 0)
                continue;
            var ledger = new SliceLedger(slice);
            Add(index.byChannel, slice.Channel, ledger);
            Add(index.byModel, (slice.Channel, slice.Model), ledger);
        }

        return index;
    }

    /// <summary>The slices that a bucket's dimensions mean, ordered by key.</summary>
    public IReadOnlyList<SliceLedger> Matching(Bucket bucket)
    {
        var candidates = bucket.Dimensions.Model.Text is { } model
            ? byModel.GetValueOrDefault((bucket.Channel, model))
            : byChannel.GetValueOrDefault(bucket.Channel);
        return candidates is null
            ? []
            : [.. candidates.Where(ledger => ChargeMatch.Matches(bucket.Dimensions, ledger.Slice))];
    }

    private static void Add<TKey>(Dictionary<TKey, List<SliceLedger>> lists, TKey key, SliceLedger ledger)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        list.Add(ledger);
    }
}
