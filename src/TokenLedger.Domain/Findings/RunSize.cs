using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Findings;

/// <summary>What is kept of a run for comparing later ones with it: a month has a hundred thousand.</summary>
/// <param name="Run">The run attempt.</param>
/// <param name="Day">The UTC day it counts to.</param>
/// <param name="NanoCredits">Its estimate.</param>
/// <param name="DetectionNanoCredits">Of it, threat detection.</param>
/// <param name="Requests">Its requests.</param>
/// <param name="OutputTokens">Its output.</param>
/// <param name="Cheaper">What its tokens would cost on cheaper models of the same makers; null without one.</param>
public sealed record RunSize(
    RunKey Run, DateOnly Day, long NanoCredits, long DetectionNanoCredits, long Requests, long OutputTokens,
    CheaperModel? Cheaper)
{
    /// <summary>The size of a run; null where it has no estimate.</summary>
    public static RunSize? Of(ObservedRun run, CheaperModels cheaper) => run.EstimatedNanoCredits is not { } credits
        ? null
        : new RunSize(
            run.Facts.Key, run.Day, credits,
            ObservedRun.NanoCreditsOf(run.Slices.Where(slice => slice.Phase == Phase.Detection)) ?? 0,
            run.Slices.Aggregate(0L, (sum, slice) => checked(sum + slice.Requests)),
            run.Slices.Aggregate(0L, (sum, slice) => checked(sum + slice.Tokens.Output)),
            cheaper.Of(run.Slices));
}
