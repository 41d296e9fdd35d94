namespace TokenLedger.Testing.Worlds.Bills;

/// <summary>What a line of the bill is for.</summary>
public enum BillItem
{
    /// <summary>AI credits of agents and people.</summary>
    Credits,

    /// <summary>AI credits of code review.</summary>
    CodeReview,

    /// <summary>AI credits of the cloud agent.</summary>
    CloudAgent,

    /// <summary>Minutes of GitHub Actions.</summary>
    ActionsMinutes,

    /// <summary>Seats.</summary>
    Seats,
}
