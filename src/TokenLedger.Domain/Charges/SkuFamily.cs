namespace TokenLedger.Domain.Charges;

/// <summary>Groups of SKUs for which views show the same money. Each (account, day, family) has one basis.</summary>
public enum SkuFamily
{
    /// <summary>AI credits of any Copilot product.</summary>
    AiCredits,

    /// <summary>Premium requests, billed until the end of May 2026.</summary>
    PremiumRequests,

    /// <summary>Tokens billed by a model provider.</summary>
    Tokens,

    /// <summary>GitHub Actions minutes.</summary>
    ActionsMinutes,

    /// <summary>Seats, storage and whatever else stands on the bill.</summary>
    Other,

    /// <summary>Tokens that a provider counts beside its bill: no money, so never a basis.</summary>
    TokenCounts,
}
