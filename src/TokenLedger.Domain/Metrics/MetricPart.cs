namespace TokenLedger.Domain.Metrics;

/// <summary>A named part of a metric's numerator; the parts add up to it.</summary>
/// <param name="Name">The part, such as <c>cancelled</c>.</param>
/// <param name="Amount">In the unit of the numerator; null when unknown.</param>
public sealed record MetricPart(string Name, decimal? Amount);
