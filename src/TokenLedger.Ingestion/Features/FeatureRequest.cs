using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.TokenLogs.Slices;

namespace TokenLedger.Ingestion.Features;

/// <summary>A request as the fold takes it.</summary>
internal readonly record struct FeatureRequest(
    SliceKey Slice, TokenCounts Tokens, long EndedTicks, long DurationMilliseconds)
{
    public long StartedTicks => EndedTicks - (DurationMilliseconds * TimeSpan.TicksPerMillisecond);

    public bool IsOfMainAgent => Slice is { Phase: Phase.Agent, Purpose: Purpose.Main };
}
