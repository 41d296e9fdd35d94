using Microsoft.Extensions.Configuration;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads what of a bill one of <c>TokenLedger:Sources</c> asks for.</summary>
internal static class AskedSection
{
    // Each is a request for each day, and a poll makes 240.
    private const int UsersMax = 200;

    private const int LoginMax = 100;

    private static readonly BillView[] Askable =
    [
        BillView.AiCreditUsage, BillView.Usage, BillView.UsageSummary, BillView.PremiumRequestUsage,
        BillView.AiCreditReport, BillView.DetailedReport,
    ];

    private static readonly BillView[] AskableOfAnthropic =
        [BillView.CostReport, BillView.MessagesUsage, BillView.ClaudeCodeUsage];

    private static readonly BillView[] AskableOfOpenAI = [BillView.OrganizationCosts, BillView.CompletionsUsage];

    public static (IReadOnlyList<BillView> Views, IReadOnlyList<string> Users) Read(
        IConfigurationSection section, string? kind, List<string> problems)
    {
        var views = ReadViews(section, AskableOf(kind), problems);
        var users = SectionValues.Texts(section.GetSection("Users"))
            .Select(login => login.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var isGitHub = string.Equals(kind, BillingAccount.GitHub, StringComparison.Ordinal);
        if (!isGitHub && (users.Count > 0 || section["User"] is not null))
            problems.Add($"{section.Path}: User and Users are for bills of github alone");
        if (section["User"] is { } user)
        {
            if (!IsLogin(user))
                problems.Add($"{section.Path}:User is no login");
            if (section["Organization"] is not null || section["Enterprise"] is not null)
                problems.Add($"{section.Path} names a User beside an Organization or Enterprise: one of them pays");
        }

        if (section["Enterprise"] is null
            && views.Any(view => view is BillView.AiCreditReport or BillView.DetailedReport))
            problems.Add($"{section.Path}:Views: GitHub makes reports of an Enterprise alone");
        if (users.Count > 0)
            CheckUsers(section, users, views, problems);
        return (views, users);
    }

    private static BillView[] AskableOf(string? kind) => kind switch
    {
        BillingAccount.Anthropic => AskableOfAnthropic,
        BillingAccount.OpenAI => AskableOfOpenAI,
        _ => Askable,
    };

    private static List<BillView> ReadViews(
        IConfigurationSection section, BillView[] askable, List<string> problems)
    {
        var views = new List<BillView>();
        foreach (var text in SectionValues.Texts(section.GetSection("Views")))
        {
            if (BillViewName.Find(text.Trim()) is { } view && askable.Contains(view))
                views.Add(view);
            else
                problems.Add(
                    $"{section.Path}:Views: '{text}' is none of {string.Join(", ", askable.Select(BillViewName.Of))}");
        }

        return views;
    }

    private static void CheckUsers(
        IConfigurationSection section, List<string> users, List<BillView> views, List<string> problems)
    {
        if (users.Count > UsersMax)
            problems.Add(FormattableString.Invariant($"{section.Path}:Users are over {UsersMax}: leave some out"));
        if (users.Find(login => !IsLogin(login)) is { } wrong)
            problems.Add($"{section.Path}:Users: '{wrong}' is no login");
        if (section["User"] is not null || section["CostCenter"] is not null)
        {
            problems.Add(
                $"{section.Path}:Users are parts of an organisation or enterprise, not of a User or CostCenter");
        }

        if (views.Count > 0 && !views.Contains(BillView.AiCreditUsage))
            problems.Add($"{section.Path}:Users are parts of ai_credit/usage, which Views leaves out");
    }

    // Letters, digits and single dashes; an underscore in enterprises that manage their users, brackets of a bot.
    private static bool IsLogin(string text) =>
        text.Length is > 0 and <= LoginMax
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '[' or ']');
}
