using TokenLedger.Application.Outcomes;
using TokenLedger.Domain.Metrics;
using TokenLedger.Domain.Outcomes;

namespace TokenLedger.Application.Metrics;

/// <summary>What decides the metrics of a period.</summary>
/// <param name="From">The first UTC day, inclusive.</param>
/// <param name="To">The last UTC day, exclusive.</param>
/// <param name="Input">What metrics are made of.</param>
/// <param name="Work">What the runs created or worked on.</param>
public sealed record MetricsReport(DateOnly From, DateOnly To, MetricsInput Input, PeriodWork Work)
{
    /// <summary>Why things that runs did are linked to nothing, with how many.</summary>
    public IEnumerable<(UnlinkedReason Reason, int Count)> Unlinked => Work.Work.Values
        .SelectMany(work => work.Unlinked)
        .CountBy(reason => reason)
        .OrderBy(pair => pair.Key)
        .Select(pair => (pair.Key, pair.Value));
}
