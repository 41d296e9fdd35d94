namespace TokenLedger.Domain.Charges;

/// <summary>
/// The shapes in which one and the same money can be read. Declared in order of rank: the first present is the basis.
/// </summary>
/// <remarks>Views of one account, day and SKU family show the same money and are never added together.</remarks>
public enum BillView
{
    /// <summary>GitHub's AI usage report (CSV): day × model × user × repository, with tokens.</summary>
    AiCreditReport,

    /// <summary>GitHub's detailed report whose credit rows carry a workflow path.</summary>
    DetailedReportByWorkflow,

    /// <summary><c>ai_credit/usage</c> asked once for each user, with the total beside.</summary>
    AiCreditUsagePerUser,

    /// <summary><c>ai_credit/usage</c>: day × model.</summary>
    AiCreditUsage,

    /// <summary>GitHub's detailed report without workflow paths on credit rows.</summary>
    DetailedReport,

    /// <summary><c>usage</c>: day × SKU × repository, all products.</summary>
    Usage,

    /// <summary><c>usage/summary</c>: day × SKU.</summary>
    UsageSummary,

    /// <summary>GitHub's premium request report (CSV), before AI credits.</summary>
    PremiumRequestReport,

    /// <summary><c>premium_request/usage</c>, before AI credits.</summary>
    PremiumRequestUsage,

    /// <summary>A FOCUS 1.x cost-and-usage file of any provider.</summary>
    Focus,

    /// <summary>
    /// Anthropic's <c>cost_report</c> by workspace and description: day × workspace × model × token kind, gross alone.
    /// </summary>
    CostReport,

    /// <summary>
    /// OpenAI's <c>organization/costs</c> by line item and project: day × project × model × token kind, gross alone.
    /// </summary>
    OrganizationCosts,

    /// <summary>
    /// Anthropic's <c>usage_report/messages</c>: day × workspace × key × model × token kind, in tokens and without
    /// money.
    /// </summary>
    MessagesUsage,

    /// <summary>
    /// OpenAI's <c>usage/completions</c>: day × project × key × model × token kind, in tokens and without money.
    /// </summary>
    CompletionsUsage,

    /// <summary>
    /// Anthropic's <c>usage_report/claude_code</c>: day × person × model × token kind, a part of what other views count
    /// and bill.
    /// </summary>
    ClaudeCodeUsage,
}
