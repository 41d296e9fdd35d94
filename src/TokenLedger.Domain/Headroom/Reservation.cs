using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Headroom;

/// <summary>Room that is held for a run until its usage is known.</summary>
/// <param name="Id">The id.</param>
/// <param name="NanoCredits">How much; 0 or more.</param>
/// <param name="Run">The run attempt; null when nobody said.</param>
/// <param name="MadeAt">When it was made, UTC.</param>
/// <param name="ExpiresAt">From when on it counts no more, UTC.</param>
public sealed record Reservation(
    string Id, long NanoCredits, RunKey? Run, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether it counts.</summary>
    public bool IsInForce(DateTimeOffset now) => now < ExpiresAt;
}
