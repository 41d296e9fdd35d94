namespace TokenLedger.Application.Diagnosis;

/// <summary>How a checked thing is.</summary>
public enum CheckState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but somebody should look.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Problem,

    /// <summary>It was not looked at: not configured, not needed, or something before it failed.</summary>
    Skipped,
}
