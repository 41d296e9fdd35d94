namespace TokenLedger.Domain.Metrics;

/// <summary>One metric of one group.</summary>
/// <param name="Definition">The metric.</param>
/// <param name="Grouping">What is grouped by.</param>
/// <param name="Group">The group; null where nobody names one, and for everything.</param>
/// <param name="Figure">Its figure.</param>
public sealed record MetricValue(
    MetricDefinition Definition, MetricGrouping Grouping, string? Group, MetricFigure Figure);
