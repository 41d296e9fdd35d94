using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Days;

/// <summary>The components of a bill. They are different money and are never added together.</summary>
internal static class Components
{
    public const string AiUsage = "ai-usage";
    public const string ActionsMinutes = "actions-minutes";
    public const string Other = "other";

    /// <summary>What is counted beside the bill: no money, so no component that is added up.</summary>
    public const string TokenCounts = "token-counts";

    public static readonly IReadOnlyList<string> All = [AiUsage, ActionsMinutes, Other];

    public static string Of(SkuFamily family) => family switch
    {
        SkuFamily.AiCredits or SkuFamily.PremiumRequests or SkuFamily.Tokens => AiUsage,
        SkuFamily.ActionsMinutes => ActionsMinutes,
        SkuFamily.TokenCounts => TokenCounts,
        _ => Other,
    };
}
