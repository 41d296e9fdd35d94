using System.Globalization;
using TokenLedger.Application.Records;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Features;

namespace TokenLedger.Application.Findings;

/// <summary>The features of a run as a row of <see cref="FindingTables.RunFeatures"/>.</summary>
internal static class RunFeatureRow
{
    public static string KeyOf(RunKey run) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Host}|{run.RunId}|{run.Attempt}");

    /// <summary>Whether a row was made of these rows of the run, by these prices and this fold.</summary>
    public static bool IsOf(RecordRow row, string inputHash, string pricesHash) =>
        string.Equals(row.Text("inputhash"), inputHash, StringComparison.Ordinal)
        && string.Equals(row.Text("priceshash"), pricesHash, StringComparison.Ordinal)
        && row.Integer("foldversion") == RunFeatureFold.Version;

    public static RecordRow Of(RunFeatures run, DateOnly day, string inputHash, string pricesHash) =>
        new RecordRow(FindingTables.RunFeatures, FindingTables.PartitionOf(day), KeyOf(run.Run))
            .Set("host", run.Run.Host)
            .Set("runid", run.Run.RunId)
            .Set("attempt", (long?)run.Run.Attempt)
            .Set("inputhash", inputHash)
            .Set("priceshash", pricesHash)
            .Set("foldversion", RunFeatureFold.Version)
            .Set("requests", run.Requests)
            .Set("failedrequests", run.FailedRequests)
            .Set("models", run.Models)
            .Set("largestinputtokens", run.LargestInputTokens)
            .Set("firstinputtokens", run.FirstInputTokens)
            .Set("lastinputtokens", run.LastInputTokens)
            .Set("contextgrowth", run.ContextGrowth)
            .Set("longestcachemissstreak", run.LongestCacheMissStreak)
            .Set("cachereadshare", run.CacheReadShare)
            .Set("repeats", run.Repeats)
            .Set("longestretrystreak", run.LongestRetryStreak)
            .Set("subagentrequests", run.SubAgentRequests)
            .Set("subagentshare", run.SubAgentShare)
            .Set("detectionshare", run.DetectionShare)
            .Set("reasoningshare", run.ReasoningShare)
            .Set("explorationshare", run.ExplorationShare)
            .Set("hasoutcome", run.HasOutcome)
            .Set("elapsedms", run.ElapsedMilliseconds)
            .Set("conclusion", run.Conclusion)
            .Set("estimated", run.EstimatedNanoCredits)
            .Set("input", run.InputNanoCredits)
            .Set("output", run.OutputNanoCredits)
            .Set("cacheread", run.CacheReadNanoCredits)
            .Set("cachewrite", run.CacheWriteNanoCredits)
            .Set("detection", run.DetectionNanoCredits)
            .Set("subagent", run.SubAgentNanoCredits)
            .Set("reasoning", run.ReasoningNanoCredits)
            .Set("growth", run.GrowthNanoCredits)
            .Set("cachemiss", run.CacheMissNanoCredits)
            .Set("repeat", run.RepeatNanoCredits)
            .Set("exploration", run.ExplorationNanoCredits)
            .Set("work", run.WorkNanoCredits);

    public static RunFeatures Read(RecordRow row, RunKey run) => new(run)
    {
        Requests = row.Integer("requests"),
        FailedRequests = row.Integer("failedrequests"),
        Models = row.Integer("models"),
        LargestInputTokens = row.Integer("largestinputtokens"),
        FirstInputTokens = row.Integer("firstinputtokens"),
        LastInputTokens = row.Integer("lastinputtokens"),
        ContextGrowth = row.Number("contextgrowth"),
        LongestCacheMissStreak = row.Integer("longestcachemissstreak"),
        CacheReadShare = row.Number("cachereadshare"),
        Repeats = row.Integer("repeats"),
        LongestRetryStreak = row.Integer("longestretrystreak"),
        SubAgentRequests = row.Integer("subagentrequests"),
        SubAgentShare = row.Number("subagentshare"),
        DetectionShare = row.Number("detectionshare"),
        ReasoningShare = row.Number("reasoningshare"),
        ExplorationShare = row.Number("explorationshare"),
        HasOutcome = row.Flag("hasoutcome"),
        ElapsedMilliseconds = row.Integer("elapsedms"),
        Conclusion = row.Text("conclusion"),
        EstimatedNanoCredits = row.Integer("estimated"),
        InputNanoCredits = row.Integer("input"),
        OutputNanoCredits = row.Integer("output"),
        CacheReadNanoCredits = row.Integer("cacheread"),
        CacheWriteNanoCredits = row.Integer("cachewrite"),
        DetectionNanoCredits = row.Integer("detection"),
        SubAgentNanoCredits = row.Integer("subagent"),
        ReasoningNanoCredits = row.Integer("reasoning"),
        GrowthNanoCredits = row.Integer("growth"),
        CacheMissNanoCredits = row.Integer("cachemiss"),
        RepeatNanoCredits = row.Integer("repeat"),
        ExplorationNanoCredits = row.Integer("exploration"),
        WorkNanoCredits = row.Integer("work"),
    };
}
