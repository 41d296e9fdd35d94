using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Headroom;

/// <summary>A question for headroom.</summary>
/// <param name="Id">The id that a reservation gets; unique. The same id again is the same question.</param>
/// <param name="NanoCredits">
/// What the run is expected to cost; 0 or more. Null when nobody says: then only whether anything is left decides, and
/// nothing is reserved.
/// </param>
/// <param name="Run">
/// The run attempt; a second question for it gets the reservation of the first. Null for none.
/// </param>
/// <param name="Reserves">Whether the room is held.</param>
/// <param name="ExpiresAfter">For how long; above 0.</param>
public sealed record HeadroomRequest(
    string Id, long? NanoCredits, RunKey? Run, bool Reserves, TimeSpan ExpiresAfter)
{
    /// <summary>As long as a run may take: GitHub ends a job after six hours, agents after far less.</summary>
    public static readonly TimeSpan UsualExpiry = TimeSpan.FromHours(2);

    /// <summary>The longest that room is held.</summary>
    public static readonly TimeSpan LongestExpiry = TimeSpan.FromHours(24);
}
