namespace TokenLedger.Domain.Reconciliation;

/// <summary>The order of slices by their full key: the one that settles every tie of the allocation.</summary>
/// <remarks>
/// Field by field, numbers as numbers and text ordinal; 0 means the same key. Compared without building the key's text.
/// </remarks>
public sealed class PricedSliceOrder : IComparer<PricedSlice>
{
    private PricedSliceOrder()
    {
    }

    /// <summary>The order.</summary>
    public static PricedSliceOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(PricedSlice? x, PricedSlice? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var byRun = x.Run.Key.CompareTo(y.Run.Key);
        return byRun != 0 ? byRun : CompareWithinRun(x, y);
    }

    private static int CompareWithinRun(PricedSlice x, PricedSlice y)
    {
        int order;
        if ((order = x.Day.CompareTo(y.Day)) != 0
            || (order = ((int)x.Phase).CompareTo((int)y.Phase)) != 0
            || (order = ((int)x.Purpose).CompareTo((int)y.Purpose)) != 0
            || (order = x.Channel.CompareTo(y.Channel)) != 0
            || (order = string.CompareOrdinal(x.Model, y.Model)) != 0
            || (order = x.IsAutoSelected.CompareTo(y.IsAutoSelected)) != 0
            || (order = string.CompareOrdinal(x.ServiceTier, y.ServiceTier)) != 0)
        {
            return order;
        }

        return string.CompareOrdinal(x.ContextBand, y.ContextBand);
    }
}
