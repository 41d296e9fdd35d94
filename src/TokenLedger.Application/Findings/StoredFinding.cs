using TokenLedger.Domain.Findings;

namespace TokenLedger.Application.Findings;

/// <summary>A finding as it is kept.</summary>
/// <param name="Id">Its id, whole.</param>
/// <param name="Finding">The finding.</param>
/// <param name="FirstFoundAt">When it was first found, UTC.</param>
/// <param name="LastSeenAt">When it was last found new, changed or back again, UTC.</param>
/// <param name="GoneAt">When later data made it untrue, UTC; null while it is true.</param>
/// <param name="Decision">What somebody decided; null when nobody did.</param>
public sealed record StoredFinding(
    string Id, Finding Finding, DateTimeOffset FirstFoundAt, DateTimeOffset LastSeenAt, DateTimeOffset? GoneAt,
    FindingDecision? Decision)
{
    /// <summary>What became of it: gone outweighs what was decided.</summary>
    public FindingStatus Status => GoneAt is not null ? FindingStatus.Gone : Decision?.Status ?? FindingStatus.Open;
}
