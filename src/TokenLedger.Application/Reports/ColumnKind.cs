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

    /// <summary>US dollars, four decimals: runs cost cents.</summary>
    Usd,

    /// <summary>A percentage, one decimal.</summary>
    Percent,
}
