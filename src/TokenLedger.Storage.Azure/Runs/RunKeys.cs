using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Azure.Rows;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Runs;

/// <summary>Where a run's rows lie.</summary>
internal static class RunKeys
{
    // GitHub's run ids grow with time, by some billions a year (seen 2026-11): a partition holds the heads of some
    // weeks, and a period's heads lie side by side.
    private const long IdsPerIndexPartition = 1_000_000_000;

    /// <summary>The partition of a run's head in <c>runindex</c>.</summary>
    public static string Index(string host, long runId) =>
        TableKey.Join(host, RowText.Narrow(runId / IdsPerIndexPartition));

    public static string IndexRow(long runId) => RowText.Wide(runId);

    /// <summary>
    /// The partition of a run's rows of one day in <c>runs</c>, <c>runusage</c> and <c>rejectedlines</c>.
    /// </summary>
    public static string Day(DateOnly day, string host, long runId) =>
        TableKey.Join(RowText.Of(day), host, RowText.Wide(runId));

    /// <summary>
    /// The attempts of a period, and those of the evening before it that may have run into it; null for all.
    /// </summary>
    /// <param name="from">The first day, inclusive; null for no bound.</param>
    /// <param name="to">The last day, exclusive; null for no bound.</param>
    public static TableFilter? PeriodAndEvening(DateOnly? from, DateOnly? to)
    {
        if (from is not { } first || first == DateOnly.MinValue)
            return Period(from, to);
        var before = TableFilter.GreaterOrEqual("PartitionKey", RowText.Of(first))
            .Or(TableFilter.Greater("startedat", RowText.Of(UnseenUsage.EveningBefore(first))));
        return Period(first.AddDays(-1), to)!.And(before);
    }

    /// <summary>The partitions of a period; null for all.</summary>
    /// <param name="from">The first day, inclusive; null for no bound.</param>
    /// <param name="to">The last day, exclusive; null for no bound.</param>
    public static TableFilter? Period(DateOnly? from, DateOnly? to)
    {
        var start = from is { } first ? TableFilter.GreaterOrEqual("PartitionKey", RowText.Of(first)) : null;
        var end = to is { } last ? TableFilter.Less("PartitionKey", RowText.Of(last)) : null;
        return start is null ? end : end is null ? start : start.And(end);
    }
}
