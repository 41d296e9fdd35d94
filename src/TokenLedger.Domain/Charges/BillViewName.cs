namespace TokenLedger.Domain.Charges;

/// <summary>The names of views that people read and configure: the providers' own for endpoints and reports.</summary>
public static class BillViewName
{
    /// <summary>The name.</summary>
    public static string Of(BillView view) => view switch
    {
        BillView.AiCreditReport => "reports/ai_credit",
        BillView.DetailedReportByWorkflow => "reports/detailed by workflow",
        BillView.DetailedReport => "reports/detailed",
        BillView.AiCreditUsagePerUser => "ai_credit/usage by user",
        BillView.AiCreditUsage => "ai_credit/usage",
        BillView.Usage => "usage",
        BillView.UsageSummary => "usage/summary",
        BillView.PremiumRequestReport => "reports/premium_request",
        BillView.PremiumRequestUsage => "premium_request/usage",
        BillView.CostReport => "cost_report",
        BillView.OrganizationCosts => "organization/costs",
        BillView.MessagesUsage => "usage_report/messages",
        BillView.ClaudeCodeUsage => "usage_report/claude_code",
        BillView.CompletionsUsage => "organization/usage/completions",
        _ => "focus",
    };

    /// <summary>Whether the view shows money; one that counts tokens alone is no bill.</summary>
    public static bool ShowsMoney(BillView view) => view is not
        (BillView.MessagesUsage or BillView.CompletionsUsage or BillView.ClaudeCodeUsage);

    /// <summary>The view of a name, compared without case; null when there is none.</summary>
    public static BillView? Find(string name)
    {
        foreach (var view in Enum.GetValues<BillView>())
        {
            if (string.Equals(Of(view), name, StringComparison.OrdinalIgnoreCase))
                return view;
        }

        return null;
    }
}
