using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.TokenLogs.Slices;

/// <summary>What the requests of one slice of a run have in common.</summary>
internal sealed record SliceKey(
    int Attempt,
    DateOnly Day,
    Phase Phase,
    Purpose Purpose,
    Channel Channel,
    string Model,
    bool IsAutoSelected,
    string ServiceTier,
    long PromptLengthThresholdTokens,
    UsageEvidence Evidence) : IComparable<SliceKey>
{
    /// <summary>
    /// By attempt, day, phase, purpose, channel, model, tier, band, then selection and evidence; text ordinal.
    /// </summary>
    public int CompareTo(SliceKey? other)
    {
        if (other is null)
            return 1;
        Span<int> steps =
        [
            Attempt.CompareTo(other.Attempt),
            Day.CompareTo(other.Day),
            ((int)Phase).CompareTo((int)other.Phase),
            ((int)Purpose).CompareTo((int)other.Purpose),
            Channel.CompareTo(other.Channel),
            string.CompareOrdinal(Model, other.Model),
            string.CompareOrdinal(ServiceTier, other.ServiceTier),
            PromptLengthThresholdTokens.CompareTo(other.PromptLengthThresholdTokens),
            IsAutoSelected.CompareTo(other.IsAutoSelected),
            ((int)Evidence).CompareTo((int)other.Evidence),
        ];
        foreach (var step in steps)
        {
            if (step != 0)
                return step;
        }

        return 0;
    }
}
