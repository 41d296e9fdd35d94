using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Application.Explaining;

/// <summary>Shares and unallocated parts as nodes.</summary>
internal static class ShareExplanation
{
    /// <summary>The part of a charge that a slice answers for.</summary>
    /// <param name="share">The stored share.</param>
    /// <param name="lines">The lines of its account and day.</param>
    /// <param name="label">What to call it.</param>
    /// <param name="tellsLine">Whether the line is told beneath it; not where it stands above.</param>
    public static ExplanationNode Of(ShareRow share, BillLines lines, string label, bool tellsLine) =>
        new(ExplanationKind.Share, label, ExplanationFigures.OfBill(share.GrossNanoCredits, share.NetNanoCredits))
        {
            Facts = ExplanationFact.Of(
                ("charge", share.ChargeId),
                ("percentOfCharge", lines.Find(share.ChargeId) is { } line
                    ? ExplanationText.PercentOf(share.GrossNanoCredits, line.GrossNanoCredits)
                    : null),
                ("method", WireNames.Of(share.Method)),
                ("how", ExplanationWords.Of(share.Method)),
                ("confidence", WireNames.Of(share.Confidence)),
                ("band", ExplanationWords.Of(share.Confidence)),
                ("lowAiCredits", ExplanationText.Of(AiCredits.FromNanoCredits(share.LowNanoCredits))),
                ("highAiCredits", ExplanationText.Of(AiCredits.FromNanoCredits(share.HighNanoCredits)))),
            Children =
            [
                .. tellsLine ? [LineExplanation.Of(share.ChargeId, lines)] : Array.Empty<ExplanationNode>(),
                .. share.Reasons.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(code =>
                    ExplanationNode.About(
                        ExplanationKind.Reason, ExplanationWords.OfConfidenceReason(code), ("code", code))),
            ],
        };

    /// <summary>The part of a charge that no run answers for.</summary>
    public static ExplanationNode Of(UnallocatedRow part) =>
        new(
            ExplanationKind.Unallocated, "unallocated: " + WireNames.Of(part.Reason),
            ExplanationFigures.OfBill(part.GrossNanoCredits, part.NetNanoCredits))
        {
            Facts = ExplanationFact.Of(
                ("reason", WireNames.Of(part.Reason)), ("because", ExplanationWords.Of(part.Reason))),
            Children =
            [
                .. part.Runs.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(run =>
                    ExplanationNode.About(ExplanationKind.Attempt, $"run {run}", ("run", run))),
            ],
        };
}
