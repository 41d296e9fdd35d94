using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// A CSV export of GitHub: <c>ai_credit</c>, <c>premium_request</c>, <c>detailed</c> or <c>summarized</c>.
/// </summary>
/// <remarks>
/// The report type asked for is not always the one received (2026-06), so only the columns and rows decide.
/// </remarks>
internal sealed class GitHubReport
{
    private readonly BillAssembly assembly = new();
    private readonly BillAssembly premiumRequests = new();
    private readonly SortedSet<string> organizations = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool namesModel;
    private readonly bool isDetailed;
    private readonly BillHints hints;
    private readonly BillLog log;
    private readonly BillChecks checks;
    private readonly GitHubRowScope scope;

    public GitHubReport(
        IReadOnlySet<string> columns, BillHints hints, ModelNames names, BillLog log, BillChecks checks)
    {
        namesModel = columns.Contains("model");
        isDetailed = columns.Contains("workflowpath") || columns.Contains("username");
        this.hints = hints;
        this.log = log;
        this.checks = checks;
        scope = new GitHubRowScope
        {
            Texts = new KnownTexts(names),
            Organization = hints.Organization,
            CostCenter = hints.CostCenter,
            // Only in the AI usage report is an empty user known to say "billed without a user".
            EmptyUserIsNobody = namesModel && columns.Contains("username"),
        };
    }

    /// <summary>The form, for people.</summary>
    public string Format => $"GitHub {NameOf(View)} report (CSV)";

    private BillView View
    {
        get
        {
            if (namesModel)
            {
                return assembly.IsEmpty && !premiumRequests.IsEmpty
                    ? BillView.PremiumRequestReport
                    : BillView.AiCreditReport;
            }

            if (!isDetailed)
                return BillView.UsageSummary;
            return assembly.Distinct.Any(NamesWorkflowOfCredits)
                ? BillView.DetailedReportByWorkflow
                : BillView.DetailedReport;
        }
    }

    /// <summary>Whether these are the columns of such a report.</summary>
    public static bool IsHeader(IReadOnlySet<string> columns) =>
        columns.Contains("date") && columns.Contains("sku") && columns.Contains("grossamount");

    /// <summary>Takes a row.</summary>
    public void Take(BillCells cells)
    {
        if (cells["date"] is null)
        {
            log.Reject(cells.Line, null, BillCodes.BadDate, "The row has no date: export the report again.");
            return;
        }

        if (cells["organization"] is { } organization)
            organizations.Add(organization);
        if (GitHubRows.Read(cells, scope, log, checks) is not { } row)
            return;
        // A month that saw the change to AI credits has rows of both kinds in one report; each kind has its own view.
        var isPremiumRequest = namesModel && row.Class.Family == SkuFamily.PremiumRequests;
        (isPremiumRequest ? premiumRequests : assembly).Add(row);
    }

    /// <summary>The days, once every row is taken; none when it is not clear whose bill it is.</summary>
    public IReadOnlyList<DayBill> ToDays()
    {
        if (assembly.IsEmpty && premiumRequests.IsEmpty)
            return [];
        var (account, problem) = GitHubAccount.Resolve(hints, enterprise: null, organizations, user: null);
        if (account is null)
        {
            log.Problem(null, problem!.Code, problem.Message);
            return [];
        }

        var filter = BillFilter.Of(
            ("organization", account.Kind == BillingAccountKind.Enterprise ? hints.Organization : null),
            ("costCenter", hints.CostCenter));
        return
        [
            .. assembly.ToDays(account, View, filter, log),
            .. premiumRequests.ToDays(account, BillView.PremiumRequestReport, filter, log),
        ];
    }

    private static bool NamesWorkflowOfCredits(BillRow row) =>
        row.Class is
        {
            Family: SkuFamily.AiCredits or SkuFamily.PremiumRequests,
            Category: ChargeCategory.AgentOrPeople,
        }
        && row.Dimensions.WorkflowPath.IsNamed;

    private static string NameOf(BillView view) => view switch
    {
        BillView.AiCreditReport => "ai_credit",
        BillView.PremiumRequestReport => "premium_request",
        BillView.UsageSummary => "summarized",
        _ => "detailed",
    };
}
