using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Sessions;

/// <summary>Orders slices by their full key, ordinal.</summary>
internal sealed class SliceOrder : IComparer<UsageSlice>
{
    public static readonly SliceOrder Instance = new();

    public int Compare(UsageSlice? x, UsageSlice? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var order = x.Run.CompareTo(y.Run);
        order = order != 0 ? order : x.Day.CompareTo(y.Day);
        order = order != 0 ? order : x.Phase.CompareTo(y.Phase);
        order = order != 0 ? order : x.Purpose.CompareTo(y.Purpose);
        order = order != 0 ? order : x.Channel.CompareTo(y.Channel);
        order = order != 0 ? order : string.CompareOrdinal(x.Model, y.Model);
        order = order != 0 ? order : x.IsAutoSelected.CompareTo(y.IsAutoSelected);
        order = order != 0 ? order : string.CompareOrdinal(x.ServiceTier, y.ServiceTier);
        order = order != 0 ? order : x.PromptLengthThresholdTokens.CompareTo(y.PromptLengthThresholdTokens);
        return order != 0 ? order : x.Evidence.CompareTo(y.Evidence);
    }
}
