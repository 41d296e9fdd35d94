namespace TokenLedger.Application.Findings;

/// <summary>What became of a finding.</summary>
public enum FindingStatus
{
    /// <summary>Nobody has decided about it.</summary>
    Open,

    /// <summary>Somebody knows of it.</summary>
    Acknowledged,

    /// <summary>Somebody says that it is none.</summary>
    Dismissed,

    /// <summary>Later data made it untrue.</summary>
    Gone,
}
