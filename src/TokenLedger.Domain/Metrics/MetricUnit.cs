namespace TokenLedger.Domain.Metrics;

/// <summary>What a metric's value counts.</summary>
public enum MetricUnit
{
    /// <summary>US dollars, gross: before included credits and discounts.</summary>
    Usd,

    /// <summary>Tokens.</summary>
    Tokens,

    /// <summary>Percent, from 0 to 100.</summary>
    Percent,

    /// <summary>Hours.</summary>
    Hours,
}
