using System.Globalization;
using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Application.Reports;

/// <summary>Usage before any bill: tokens by kind and what they are estimated at.</summary>
public static class UsageTable
{
    /// <summary>The table.</summary>
    /// <param name="slices">Priced slices of any runs.</param>
    /// <param name="grouping">What to sum by; not <see cref="UsageGrouping.Turn"/>.</param>
    public static Table Of(IReadOnlyList<PricedSlice> slices, UsageGrouping grouping) => new(
        $"Usage by {grouping.ToString().ToLowerInvariant()} (estimated AI credits at list price)",
        [
            new("key", grouping.ToString()), new("runs", "Runs", ColumnKind.Count),
            new("requests", "Requests", ColumnKind.Count, 1),
            new("inputTokens", "Input", ColumnKind.Count, 2), new("outputTokens", "Output", ColumnKind.Count, 2),
            new("cacheReadTokens", "Cache read", ColumnKind.Count, 2),
            new("cacheWriteTokens", "Cache write", ColumnKind.Count, 3),
            new("estimatedAiCredits", "Estimated", ColumnKind.AiCredits),
            new("unpricedRequests", "Unpriced", ColumnKind.Count),
        ],
        [.. slices
            .GroupBy(slice => KeyOf(slice, grouping), StringComparer.Ordinal)
            .OrderBy(group => grouping == UsageGrouping.Day ? 0 : -EstimateOf(group))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Row(group.Key, [.. group]))],
        Row("All", slices));

    private static string KeyOf(PricedSlice slice, UsageGrouping grouping) => grouping switch
    {
        UsageGrouping.Run => slice.Run.Key.ToString(),
        UsageGrouping.Workflow =>
            $"{slice.Run.Repository}: {slice.Run.WorkflowName ?? slice.Run.WorkflowPath ?? "(workflow unknown)"}",
        UsageGrouping.Repository => slice.Run.Repository,
        UsageGrouping.Model => $"{slice.Channel} {slice.Model}",
        UsageGrouping.Day => slice.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(grouping), grouping, "Slices know nothing of it."),
    };

    private static decimal EstimateOf(IEnumerable<PricedSlice> slices) =>
        slices.Sum(slice => slice.EstimatedAiCredits?.Total ?? 0);

    private static IReadOnlyList<Cell> Row(string key, IReadOnlyList<PricedSlice> slices) =>
    [
        key, (long?)slices.Select(slice => slice.Run.Key).Distinct().Count(), Sum(slices, slice => slice.Requests),
        Sum(slices, slice => slice.Tokens.Input), Sum(slices, slice => slice.Tokens.Output),
        Sum(slices, slice => slice.Tokens.CacheRead), Sum(slices, slice => slice.Tokens.CacheWrite),
        slices.All(slice => slice.EstimatedAiCredits is null) ? Cell.Unknown : (decimal?)EstimateOf(slices),
        Sum(slices.Where(slice => slice.Unpriced is not null), slice => slice.Requests),
    ];

    private static Cell Sum(IEnumerable<PricedSlice> slices, Func<PricedSlice, long> figure) =>
        (long?)slices.Aggregate(0L, (sum, slice) => checked(sum + figure(slice)));
}
