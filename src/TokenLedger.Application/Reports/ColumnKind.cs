namespace TokenLedger.Application.Reports;

/// <summary>How a column's values are written for people.</summary>
public enum ColumnKind
{
    /// <summary>Text, aligned left.</summary>
    Text,

    /// <summary>A whole number with thousands marks.</summary>
    Count,

    /// <summary>AI credits, three decimals.</summary>
    AiCredits,

    /// <summary>AI credits of one run, six decimals: proxies and sessions differ in the last ones.</summary>
    FineAiCredits,

    /// <summary>US dollars, four decimals: runs cost cents.</summary>
    Usd,

    /// <summary>A percentage, one decimal.</summary>
    Percent,

    /// <summary>One figure over another, four decimals.</summary>
    Ratio,

    /// <summary>US dollars per million tokens, with the decimals that it has, at least two.</summary>
    UnitPrice,
}
