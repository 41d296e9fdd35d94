namespace TokenLedger.Domain.Metrics;

/// <summary>A metric, defined once.</summary>
/// <param name="Name">Its name in commands, tables and files.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Unit">What its value counts.</param>
/// <param name="Numerator">What is divided.</param>
/// <param name="Denominator">What it is divided by; null where nothing is.</param>
public sealed record MetricDefinition(
    string Name, string Title, MetricUnit Unit, string Numerator, string? Denominator)
{
    /// <summary>The formula in words.</summary>
    public string Formula => Denominator is null ? Numerator : $"{Numerator} ÷ {Denominator}";

    /// <summary>How it is made of a group.</summary>
    internal Func<MetricGroup, MetricFigure> Of { get; init; } = static _ => new MetricFigure();
}
