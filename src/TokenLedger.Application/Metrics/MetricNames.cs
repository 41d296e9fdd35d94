using TokenLedger.Domain.Metrics;

namespace TokenLedger.Application.Metrics;

/// <summary>Units and groupings as tables and files spell them.</summary>
public static class MetricNames
{
    /// <summary>A unit.</summary>
    public static string Of(MetricUnit unit) => unit switch
    {
        MetricUnit.Usd => "USD",
        MetricUnit.Tokens => "tokens",
        MetricUnit.Percent => "percent",
        _ => "hours",
    };

    /// <summary>A grouping.</summary>
    public static string Of(MetricGrouping grouping) => grouping.ToString().ToLowerInvariant();
}
