namespace TokenLedger.Testing.Worlds.Views;

/// <summary>A form in which somebody fetches the bill by hand and imports it.</summary>
public enum ImportedView
{
    /// <summary>The AI usage report (CSV).</summary>
    AiReport,

    /// <summary>The detailed report (CSV) with workflow paths.</summary>
    Detailed,

    /// <summary>Answers of <c>usage</c>.</summary>
    Usage,

    /// <summary>Answers of <c>usage/summary</c>.</summary>
    Summary,
}
