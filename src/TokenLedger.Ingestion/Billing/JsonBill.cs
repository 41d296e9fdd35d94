using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Billing;

/// <summary>
/// Reads answers of GitHub's billing endpoints: <c>ai_credit/usage</c>, <c>usage</c>, <c>usage/summary</c>,
/// <c>premium_request/usage</c>; hands those of Anthropic and OpenAI on.
/// </summary>
internal sealed class JsonBill(BillHints hints, ModelNames names, BillLog log, BillChecks checks)
{
    private readonly Dictionary<(BillingAccount, BillView, DateOnly, string), DayBill> days = [];
    private readonly HashSet<BillView> views = [];
    private readonly BillParts parts = new();
    private readonly KnownTexts texts = new(names);

    /// <summary>The file's days; the format is null when nothing in it is an answer.</summary>
    public (string? Format, IReadOnlyList<DayBill> Days) Read(ReadOnlySpan<byte> content)
    {
        var answers = new JsonAnswers(content, log).Read();
        var costs = new CostReportBill(hints, texts, log);
        var openAI = new OrganizationCostsBill(hints, texts, log);
        TokenCountBill[] counts =
        [
            new(TokenCountForm.Messages, hints, texts, log), new(TokenCountForm.ClaudeCode, hints, texts, log),
            new(TokenCountForm.Completions, hints, texts, log),
        ];
        foreach (var answer in answers)
        {
            if (answer.HasItems)
                ReadAnswer(answer);
            else if (Array.Exists(counts, form => form.TryTake(answer))
                || costs.TryTake(answer) || openAI.TryTake(answer))
                continue;
            else if (answer.Faults.Count == 0)
                log.Problem(answer.Line, BillCodes.NoUsageItems,
                    "This is no answer of a billing API: expected an object with usageItems, Anthropic's cost_report "
                    + "or usage_report/messages, OpenAI's organization/costs or usage/completions.");
            else
                answer.Faults.ForEach(fault => log.Problem(fault.Line, fault.Code, fault.Message));
        }

        foreach (var bill in parts.ToDays(log).Concat(costs.ToDays()).Concat(openAI.ToDays())
            .Concat(counts.SelectMany(form => form.ToDays())))
            Keep(bill);
        string?[] formats =
        [
            views.Count == 0 ? null : $"GitHub {string.Join(", ", views.Order().Select(NameOf))} (JSON)",
            costs.IsEmpty ? null : CostReportBill.Format,
            openAI.IsEmpty ? null : OrganizationCostsBill.Format,
            .. counts.Where(form => !form.IsEmpty).Select(form => form.Format),
        ];
        var format = string.Join(", ", formats.OfType<string>());
        return (format.Length == 0 ? null : format, [.. days.Values]);
    }

    private static string NameOf(BillView view) => view switch
    {
        BillView.AiCreditUsage => "ai_credit/usage",
        BillView.PremiumRequestUsage => "premium_request/usage",
        BillView.UsageSummary => "usage/summary",
        _ => "usage",
    };

    private void ReadAnswer(JsonAnswer answer)
    {
        var address = AnswerAddress.Of(answer.Url);
        var view = address.View ?? ViewOf(answer);
        views.Add(view);
        var organizations = OrganizationsOf(answer, address);
        var user = answer.Echo("user") ?? address.User;
        var enterprise = answer.Echo("enterprise") ?? address.Enterprise;
        var (account, problem) = GitHubAccount.Resolve(hints, enterprise, organizations, user);
        if (account is null)
        {
            log.Problem(answer.Line, problem!.Code, problem.Message);
            return;
        }

        var (day, dayProblem) = AnswerDay.Of(answer, address, hints);
        if (dayProblem is not null)
        {
            log.Problem(answer.Line, dayProblem.Code, dayProblem.Message);
            return;
        }

        var costCenter = answer.CostCenter ?? address.CostCenterId ?? hints.CostCenter;
        if (hints.CostCenter is { } flag && answer.CostCenter is { } named && !GitHubAccount.Same(flag, named))
        {
            log.Problem(answer.Line, BillCodes.Contradiction,
                $"The answer is of the cost centre {ShownText.Of(named)}, not {ShownText.Of(flag)}: "
                + "correct --cost-center.");
            return;
        }

        var isUsersOwn = account.Kind == BillingAccountKind.User;
        var organization = answer.Echo("organization") ?? address.Organization ?? hints.Organization;
        var filter = BillFilter.Of(
            ("organization", account.Kind == BillingAccountKind.Enterprise ? organization : null),
            ("user", isUsersOwn ? null : user),
            ("repository", answer.Echo("repository")),
            ("sku", answer.Echo("sku")),
            ("product", answer.Echo("product")),
            ("model", answer.Echo("model")),
            ("costCenter", costCenter ?? (IsWithoutCostCenters(view, account, organization) ? "" : null)));
        var scope = new GitHubRowScope
        {
            Texts = texts,
            Day = day,
            Organization = organization ?? organizations.FirstOrDefault(),
            User = isUsersOwn ? null : user,
            Repository = answer.Echo("repository"),
            CostCenter = costCenter,
        };
        answer.Faults.ForEach(fault => log.Reject(fault.Line, day, fault.Code, fault.Message));
        Keep(answer, ReadItems(answer, scope), account, view, filter, day);
    }

    // Asked for no cost centre, an enterprise's usage is what has none, not all of it (GitHub REST, 2026-08).
    private static bool IsWithoutCostCenters(BillView view, BillingAccount account, string? organization) =>
        view == BillView.Usage && account.Kind == BillingAccountKind.Enterprise && organization is null;

    private BillAssembly ReadItems(JsonAnswer answer, GitHubRowScope scope)
    {
        var assembly = new BillAssembly();
        foreach (var item in answer.Items)
        {
            if (GitHubRows.Read(item, scope, log, checks) is { } row)
                assembly.Add(row);
        }

        return assembly;
    }

    private void Keep(
        JsonAnswer answer, BillAssembly assembly, BillingAccount account, BillView view, string filter, DateOnly? day)
    {
        var read = assembly.ToDays(account, view, filter, log);
        var isEmptyDay = answer is { Items.Count: 0, Faults.Count: 0 };
        if (isEmptyDay && day is null)
        {
            log.Problem(answer.Line, BillCodes.NoDay,
                "The empty answer names no day; ask the API with day=, or pass --day YYYY-MM-DD.");
        }

        if (isEmptyDay && day is { } known)
            read = [BillAssembly.EmptyDay(account, view, known, filter)];
        if (answer.Parts is { } expected && day is { } wanted)
        {
            parts.Add((account, view, wanted), expected, filter, read.Where(bill => bill.Day == wanted));
            read = [.. read.Where(bill => bill.Day != wanted)];
        }

        foreach (var bill in read)
            Keep(bill);
    }

    private void Keep(DayBill bill)
    {
        var key = (bill.Account, bill.View, bill.Day, bill.Filter);
        if (days.TryGetValue(key, out var other)
            && !string.Equals(other.ContentHash, bill.ContentHash, StringComparison.Ordinal))
        {
            log.Notice("answers-disagree", $"The file has two answers for {ShownText.Of(bill.Day)} that differ, "
                + "and nothing in them tells their filters apart: the later in the file is taken. Import answers "
                + "filtered by cost centre one by one with --cost-center.");
        }

        days[key] = bill;
    }

    private static IReadOnlyCollection<string> OrganizationsOf(JsonAnswer answer, AnswerAddress address)
    {
        var named = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        if ((answer.Echo("organization") ?? address.Organization) is { } organization)
            named.Add(organization);
        foreach (var item in answer.Items)
        {
            if (item.First("organizationname", "organization") is { } name)
                named.Add(name);
        }

        return named;
    }

    // The body does not name its endpoint. Only usage has dated items; only the two by model name a model; an empty
    // answer is told by the filters that its endpoint knows.
    private static BillView ViewOf(JsonAnswer answer)
    {
        if (answer.Items.Count == 0)
        {
            if (!answer.HasTimePeriod)
                return BillView.Usage;
            var isSummary = answer.Echo("model") is null
                && (answer.Echo("repository") ?? answer.Echo("sku")) is not null;
            return isSummary ? BillView.UsageSummary : BillView.AiCreditUsage;
        }

        if (answer.Items.Exists(item => item["date"] is not null) || !answer.HasTimePeriod)
            return BillView.Usage;
        if (!answer.Items.Exists(item => item["model"] is not null))
            return BillView.UsageSummary;
        return answer.Items.TrueForAll(IsPremiumRequest) ? BillView.PremiumRequestUsage : BillView.AiCreditUsage;
    }

    private static bool IsPremiumRequest(BillCells item) => SkuRules
        .Classify(new SkuText(item["product"], item["sku"], item["unittype"], item["model"], null))
        .Family == SkuFamily.PremiumRequests;
}
