using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.Sessions;

namespace TokenLedger.Ingestion.Features;

/// <summary>Folds the archived files of a run into the features of its attempts.</summary>
public static class RunFeatureFold
{
    /// <summary>Raised whenever the fold makes other features of the same files.</summary>
    public const long Version = 1;

    /// <summary>The features of each attempt given, in their order.</summary>
    /// <param name="run">The run; its attempt is not looked at.</param>
    /// <param name="files">All archived files of the run, in any order; none where the archive is gone.</param>
    /// <param name="attempts">The run's rows.</param>
    /// <param name="prices">Names of models, and prices.</param>
    /// <param name="cancellation">Ends the reading between blocks.</param>
    public static IReadOnlyList<RunFeatures> Of(
        RunIdentity run, IReadOnlyList<ArchivedFile> files, IReadOnlyList<LedgerRun> attempts, PriceBook prices,
        CancellationToken cancellation)
    {
        var own = RunFold.OwnFiles(run, files, []);
        FeatureRequests? seen = null;
        var reading = RunReading.Of(
            run, own, prices, cancellation, windows => seen = new FeatureRequests(windows));
        var outcomes = new OutcomeReader(seen!.Windows, cancellation);
        foreach (var file in own)
            outcomes.Read(file);
        return
        [
            .. attempts.Select(attempt => Of(
                attempt, seen.IsOverfull ? [] : seen.Of(attempt), outcomes.Of(attempt.Facts.Key.Attempt),
                TokensOf(reading, attempt), prices)),
        ];
    }

    private static RunFeatures Of(
        LedgerRun run, IReadOnlyList<FeatureRequest> requests, AttemptOutcome outcome, TokenCounts session,
        PriceBook prices)
    {
        var costs = RunCosts.Of(run, session, prices);
        var features = new RunFeatures(run.Facts.Key)
        {
            FailedRequests = run.Report.CallsKnown - run.Report.CallsMetered,
            Models = run.HasTelemetry
                ? run.Slices.Select(slice => (slice.Channel, slice.Model)).Distinct().Count() : null,
            CacheReadShare = costs.CacheReadShare,
            SubAgentShare = costs.ShareOf(costs.SubAgent),
            DetectionShare = costs.ShareOf(costs.Detection),
            ReasoningShare = costs.ReasoningShare,
            HasOutcome = outcome.IsKnown,
            Conclusion = run.Facts.Conclusion,
            EstimatedNanoCredits = Nano(costs.Total?.Total),
            InputNanoCredits = Nano(costs.Total?.Input),
            OutputNanoCredits = Nano(costs.Total?.Output),
            CacheReadNanoCredits = Nano(costs.Total?.CacheRead),
            CacheWriteNanoCredits = Nano(costs.Total?.CacheWrite5m + costs.Total?.CacheWrite1h),
            DetectionNanoCredits = Nano(costs.Detection),
            SubAgentNanoCredits = Nano(costs.SubAgent),
            ReasoningNanoCredits = Nano(costs.Reasoning),
        };
        return requests.Count == 0 ? features : WithRequests(features, requests, outcome, prices);
    }

    private static RunFeatures WithRequests(
        RunFeatures features, IReadOnlyList<FeatureRequest> requests, AttemptOutcome outcome, PriceBook prices)
    {
        var patterns = new RequestPatterns(requests, new RequestPricing(prices, features.Run));
        var growth = patterns.Growth();
        var misses = patterns.CacheMisses();
        var retries = patterns.Retries();
        var exploration = patterns.Exploration(outcome);
        return features with
        {
            Requests = requests.Count,
            SubAgentRequests = requests.Count(request => request.Slice.Purpose == Purpose.SubAgent),
            LargestInputTokens = patterns.LargestInput,
            FirstInputTokens = patterns.FirstInput,
            LastInputTokens = patterns.LastInput,
            ContextGrowth = growth.Ratio,
            GrowthNanoCredits = Nano(growth.Credits),
            LongestCacheMissStreak = misses.Streak,
            CacheMissNanoCredits = Nano(misses.Credits),
            Repeats = retries.Repeats,
            LongestRetryStreak = retries.Streak,
            RepeatNanoCredits = Nano(retries.Credits),
            ExplorationShare = exploration.Share,
            ExplorationNanoCredits = Nano(exploration.Before),
            WorkNanoCredits = Nano(exploration.After),
            ElapsedMilliseconds = patterns.Elapsed,
        };
    }

    private static TokenCounts TokensOf(RunReading reading, LedgerRun run) => reading.Sessions
        .Where(session => session.Attempt == run.Facts.Key.Attempt && session.Phase == Phase.Agent)
        .Aggregate(default(TokenCounts), static (sum, session) => sum + session.Tokens);

    private static long? Nano(decimal? credits) =>
        credits is { } amount ? AiCredits.TruncateToNanoCredits(amount) : null;
}
