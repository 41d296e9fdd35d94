namespace TokenLedger.Application.Reports;

/// <summary>What a gap is told by.</summary>
public enum GapGrouping
{
    /// <summary>All of it at once.</summary>
    All,

    /// <summary>The wallet.</summary>
    Account,

    /// <summary>The UTC day.</summary>
    Day,

    /// <summary>Channel and model.</summary>
    Model,
}
