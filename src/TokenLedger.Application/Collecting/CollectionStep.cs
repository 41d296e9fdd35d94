using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Collecting;

/// <summary>How far collecting a run attempt has come.</summary>
/// <param name="State">What became of it; null while it goes on later, or when nothing could be asked.</param>
/// <param name="Wait">When it goes on; null when it is done.</param>
/// <param name="Refusal">Why GitHub did not give it; null when it gave what there is.</param>
public sealed record CollectionStep(CollectionState? State, TimeSpan? Wait, ProviderRefusal? Refusal)
{
    /// <summary>Whether only single artifacts are refused: the others are archived.</summary>
    public bool IsRefusalOfArtifacts { get; init; }

    /// <summary>Whether it goes on because a look came to its bound.</summary>
    public bool IsPart { get; init; }

    /// <summary>What is to be remembered until it goes on.</summary>
    public ArtifactMemory Memory { get; init; } = ArtifactMemory.Empty;

    /// <summary>It is done.</summary>
    public static CollectionStep Done(CollectionState state) => new(state, null, null);

    /// <summary>No telemetry is there yet.</summary>
    public static CollectionStep NotYet(TimeSpan wait) => new(null, wait, null);

    /// <summary>There is more than one message takes.</summary>
    public static CollectionStep GoesOn { get; } = new(null, TimeSpan.Zero, null) { IsPart = true };
}
