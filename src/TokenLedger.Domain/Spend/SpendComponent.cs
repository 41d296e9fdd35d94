namespace TokenLedger.Domain.Spend;

/// <summary>Kinds of money on a bill. They are never added together without saying so.</summary>
public enum SpendComponent
{
    /// <summary>AI credits, premium requests and tokens.</summary>
    AiUsage,

    /// <summary>GitHub Actions minutes.</summary>
    ActionsMinutes,

    /// <summary>Seats, storage and whatever else stands on the bill.</summary>
    Other,
}
