using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Days;

/// <summary>The components of a bill. They are different money and are never added together.</summary>
internal static class Components
{
    public const string AiUsage = "ai-usage";
    public const string ActionsMinutes = "actions-minutes";
    public const string Other = "other";

    public static readonly IReadOnlyList<string> All = [AiUsage, ActionsMinutes, Other];

    public static string Of(SkuFamily family) => family switch
    {
        SkuFamily.AiCredits or SkuFamily.PremiumRequests or SkuFamily.Tokens => AiUsage,
        SkuFamily.ActionsMinutes => ActionsMinutes,
        _ => Other,
    };
}
