namespace TokenLedger.Domain.Charges;

/// <summary>
/// Tells SKUs of GitHub's bill apart by rule, because one SKU has three spellings in GitHub's own interfaces.
/// </summary>
/// <remarks>
/// Texts are compared as lower-case words, so <c>copilot_ai_credit</c>, <c>Copilot AI Credits</c> and
/// <c>copilot-ai-units</c> are the same thing. Sources: GitHub product-and-sku-names, REST examples and the AI usage
/// report (read 2026-08 to 2026-10); cloud agent and code review paths as billed since 2026-06-01.
/// </remarks>
public static class SkuRules
{
    private static readonly char[] WordBreaks = [' ', '\t', '_', '-', '.', '/', ':', '(', ')'];

    /// <summary>
    /// The family and category of a row. Hostile text is only compared; what fits no rule is <c>Other</c>.
    /// </summary>
    public static SkuClass Classify(SkuText row)
    {
        var sku = Words(row.Sku);
        var product = Words(row.Product);
        var unit = Words(row.Unit);
        if (IsSeat(sku, unit))
            return new SkuClass(SkuFamily.Other, ChargeCategory.Seats);
        if (IsAiCredits(sku, unit))
            return new SkuClass(SkuFamily.AiCredits, UsageCategory(row, sku, product));
        if (IsPremiumRequests(sku, product, unit))
            return new SkuClass(SkuFamily.PremiumRequests, UsageCategory(row, sku, product));
        return IsActionsMinutes(sku, product, unit)
            ? new SkuClass(SkuFamily.ActionsMinutes, ChargeCategory.ActionsMinutes)
            : new SkuClass(SkuFamily.Other, ChargeCategory.Other);
    }

    private static bool IsAiCredits(string[] sku, string[] unit) =>
        unit is ["ai", _, ..] or ["credits"]
        || HasPair(sku, "ai", "credit", "credits")
        || HasPair(sku, "ai", "unit", "units");

    private static bool IsPremiumRequests(string[] sku, string[] product, string[] unit) =>
        HasPair(sku, "premium", "request", "requests")
        || (unit is ["request" or "requests"] && product is ["copilot" or "spark", ..]);

    private static bool IsActionsMinutes(string[] sku, string[] product, string[] unit) =>
        unit is ["minute" or "minutes"] && (product is ["actions", ..] || sku is ["actions", ..]);

    private static bool IsSeat(string[] sku, string[] unit) =>
        sku is ["copilot", "for", "business"] or ["copilot", "business"] or ["copilot", "enterprise"]
            or ["copilot", "standalone"]
        || (sku is ["copilot", ..] && unit is ["user" or "users" or "seat" or "seats", ..]);

    private static ChargeCategory UsageCategory(SkuText row, string[] sku, string[] product)
    {
        var model = Words(row.Model);
        var path = (row.WorkflowPath ?? "").Trim().TrimStart('/').ToLowerInvariant();
        if (model is ["code", "review", "model"] || sku is ["code", "review", ..] || IsCodeReviewPath(path))
            return ChargeCategory.CodeReview;
        if (model is ["coding", "agent", "model"] || sku is ["coding", "agent", ..])
            return ChargeCategory.CloudAgent;
        if (sku is ["spark", ..] || product is ["spark", ..])
            return ChargeCategory.Spark;
        // Code quality scans are billed in AI credits, but no workflow of a repository causes them.
        return sku is ["code", "quality", ..] ? ChargeCategory.Other : ChargeCategory.AgentOrPeople;
    }

    private static bool IsCodeReviewPath(string path) =>
        path.StartsWith("dynamic/agents/", StringComparison.Ordinal)
        || path.StartsWith("dynamic/copilot-pull-request-reviewer", StringComparison.Ordinal);

    private static bool HasPair(string[] words, string first, string second, string orSecond)
    {
        var at = Array.IndexOf(words, first);
        return at >= 0 && at + 1 < words.Length && new[] { second, orSecond }.Contains(words[at + 1]);
    }

    private static string[] Words(string? text) => text is null
        ? []
        : text.ToLowerInvariant().Split(WordBreaks, StringSplitOptions.RemoveEmptyEntries);
}
