using System.Globalization;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Metrics;

/// <summary>Makes the metrics of a period. Pure; the order of the input changes nothing.</summary>
public static class MetricFold
{
    /// <summary>Every metric of every group, ordered by group, then as the book has them.</summary>
    /// <remarks>
    /// A line is in one group. A run or pull request is in every group that has spent on it, so counts of groups may
    /// add up to more than the count of all.
    /// </remarks>
    public static IReadOnlyList<MetricValue> Of(MetricsInput input, MetricGrouping grouping)
    {
        var known = input.Lines.Where(line => line.Run is not null).Select(line => line.Run!.Key).ToHashSet();
        var lines = input.Lines.ToLookup(line => Spot.Of(GroupOf(input, grouping, line)));
        var runs = input.Lines
            .Where(line => line.Run is not null)
            .Select(line => (Group: Spot.Of(GroupOf(input, grouping, line)), Run: line.Run!))
            .Concat(input.Runs
                .Where(run => !known.Contains(run.Key))
                .Select(run => (Group: Spot.Of(GroupOf(input, grouping, run)), Run: run)))
            .DistinctBy(pair => (pair.Group, pair.Run.Key))
            .ToLookup(pair => pair.Group, pair => pair.Run);
        var minutes = grouping == MetricGrouping.Model ? null : input.Minutes
            .Where(share => share.Run is not null)
            .ToLookup(share => Spot.Of(GroupOf(input, grouping, share.Run!, share.Charge.Day)));
        var attempts = input.Runs.Concat(input.OtherAttempts).ToLookup(run => (run.Key.Host, run.Key.RunId));
        return
        [
            .. lines.Select(group => group.Key)
                .Concat(runs.Select(group => group.Key))
                .Append(grouping == MetricGrouping.All ? Spot.Of(null) : null)
                .OfType<Spot>()
                .Distinct()
                .OrderBy(spot => spot.Name is null)
                .ThenBy(spot => spot.Name, StringComparer.Ordinal)
                .Select(spot => (spot, Group: new MetricGroup(
                    input, [.. lines[spot]], [.. runs[spot].OrderBy(run => run.Key)],
                    minutes is null ? null : [.. minutes[spot]], attempts)))
                .SelectMany(pair => MetricBook.All.Select(metric =>
                    new MetricValue(metric, grouping, pair.spot.Name, metric.Of(pair.Group)))),
        ];
    }

    private static string? GroupOf(MetricsInput input, MetricGrouping grouping, SpendLine line) => line.Run is { } run
        ? grouping == MetricGrouping.Model ? line.Model : GroupOf(input, grouping, run, line.Day)
        : grouping switch
        {
            MetricGrouping.Repository => Lower(line.Repository),
            MetricGrouping.Workflow => Workflow(line.Repository, line.WorkflowPath),
            MetricGrouping.Person => Lower(line.BilledUser),
            MetricGrouping.Model => line.Model,
            _ => Calendar(grouping, line.Day),
        };

    private static string? GroupOf(MetricsInput input, MetricGrouping grouping, RunFacts run) =>
        UnseenUsage.StartDayOf(run) is { } day ? GroupOf(input, grouping, run, day)
            : Calendar(grouping, DateOnly.MinValue) is null ? GroupOf(input, grouping, run, DateOnly.MinValue) : null;

    private static string? GroupOf(MetricsInput input, MetricGrouping grouping, RunFacts run, DateOnly day) =>
        grouping switch
        {
            MetricGrouping.Repository => Lower(run.Repository),
            MetricGrouping.Workflow => Workflow(run.Repository, run.WorkflowPath),
            MetricGrouping.Team => input.Attribution.Of(run).Team,
            MetricGrouping.Person => Lower(run.Actor),
            _ => Calendar(grouping, day),
        };

    private static string? Calendar(MetricGrouping grouping, DateOnly day) => grouping switch
    {
        MetricGrouping.Day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        MetricGrouping.Week => WeekOf(day),
        MetricGrouping.Month => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string WeekOf(DateOnly day)
    {
        var time = day.ToDateTime(TimeOnly.MinValue);
        return string.Create(
            CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(time):0000}-W{ISOWeek.GetWeekOfYear(time):00}");
    }

    // GitHub's names are one in any case.
    private static string? Lower(string? name) => name?.ToLowerInvariant();

    private static string? Workflow(string? repository, string? path) =>
        path is null ? null : $"{Lower(repository) ?? "?"} {path}";

    // A lookup's key may not be null, and a group without a name is one too.
    private sealed record Spot(string? Name)
    {
        public static Spot Of(string? name) => new(name);
    }
}
