using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Findings;

/// <summary>A run attempt as findings look at it.</summary>
/// <param name="Facts">What is known of the attempt.</param>
/// <param name="Day">The UTC day it counts to: that of its first usage, else of its start.</param>
/// <param name="Slices">Its priced slices, of all days; empty without telemetry.</param>
public sealed record ObservedRun(RunFacts Facts, DateOnly Day, IReadOnlyList<PricedSlice> Slices)
{
    /// <summary>What proxy and session claim.</summary>
    public RunReport Report { get; init; } = new();

    /// <summary>How it spent its tokens; null where its files were not read, or are gone.</summary>
    public RunFeatures? Features { get; init; }

    /// <summary>Whether any token of the run is known.</summary>
    public bool HasTelemetry => Slices.Count > 0;

    /// <summary>The estimate of the run; null without telemetry, or where a part has no price.</summary>
    public long? EstimatedNanoCredits => NanoCreditsOf(Slices);

    /// <summary>Its workflow; null where nobody names one.</summary>
    public string? Workflow => SubjectOf(Facts.Repository, Facts.WorkflowPath ?? Facts.WorkflowName);

    /// <summary>The subject of a finding about it: <c>host/owner/name/run/attempt</c>.</summary>
    public string Subject => FormattableString.Invariant(
        $"{Facts.Key.Host}/{Facts.Repository}/{Facts.Key.RunId}/{Facts.Key.Attempt}");

    /// <summary>The day that a run counts to; null where neither usage nor start tells.</summary>
    public static DateOnly? DayOf(LedgerRun run) => run.HasTelemetry
        ? run.Slices.Min(slice => slice.Day)
        : UnseenUsage.StartDayOf(run.Facts);

    /// <summary>The subject of a finding about a workflow: <c>owner/name:path</c>; null without a path.</summary>
    public static string? SubjectOf(string repository, string? path) => path is null ? null : $"{repository}:{path}";

    /// <summary>The estimate of slices; null where there are none, or one has no price.</summary>
    public static long? NanoCreditsOf(IEnumerable<PricedSlice> slices)
    {
        var sum = (decimal?)null;
        foreach (var slice in slices)
        {
            if (slice.EstimatedAiCredits is not { } credits)
                return null;
            sum = (sum ?? 0) + credits.Total;
        }

        return sum is { } total ? AiCredits.TruncateToNanoCredits(total) : null;
    }
}
