using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Collecting;

/// <summary>How far collecting a run attempt has come.</summary>
/// <param name="State">What became of it; null while it goes on later.</param>
/// <param name="Wait">When it goes on; null when it is done.</param>
/// <param name="Refusal">Why GitHub did not give it; null when it gave what there is.</param>
public sealed record CollectionStep(CollectionState? State, TimeSpan? Wait, ProviderRefusal? Refusal)
{
    /// <summary>It is done.</summary>
    public static CollectionStep Done(CollectionState state) => new(state, null, null);

    /// <summary>No telemetry is there yet.</summary>
    public static CollectionStep NotYet(TimeSpan wait) => new(null, wait, null);
}
