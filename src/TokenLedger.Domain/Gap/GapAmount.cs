using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>One amount of a gap: added to the estimate, with all others, it gives the bill.</summary>
/// <param name="Part">The part it stands in.</param>
/// <param name="Cause">On what ground.</param>
/// <param name="AiCredits">
/// AI credits, exact and never 0; whole nano-credits but for <see cref="GapPart.Rounding"/>. Negative where the bill
/// is below the estimate.
/// </param>
/// <param name="Runs">The runs that it is about, where the cause is about some of them; in key order.</param>
/// <param name="MayHold">
/// For <see cref="GapPart.NotSeparable"/> the parts that are in it, in their order; else empty.
/// </param>
public sealed record GapAmount(
    GapPart Part,
    GapCause Cause,
    decimal AiCredits,
    IReadOnlyList<RunKey> Runs,
    IReadOnlyList<GapPart> MayHold);
