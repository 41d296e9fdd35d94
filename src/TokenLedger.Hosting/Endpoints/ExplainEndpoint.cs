using System.Globalization;
using Microsoft.AspNetCore.Http;
using TokenLedger.Application.Explaining;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Usage;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Endpoints;

/// <summary><c>GET /api/explain/…</c>: how a figure came about, one exact route a kind of subject.</summary>
internal static class ExplainEndpoint
{
    public const string RunPattern = "/api/explain/runs/{owner}/{repository}/{runId:long}";
    public const string RepositoryPattern = "/api/explain/repositories/{owner}/{repository}";
    public const string WorkflowPattern = "/api/explain/workflows/{owner}/{repository}";
    public const string DayPattern = "/api/explain/days/{day}";
    public const string ChargePattern = "/api/explain/charges/{chargeId}";

    // A little over a year, as of a reconciliation.
    private const int DaysMax = 400;

    // Charges are read day by day until the one is found: a month and its neighbours, unless the day is named.
    private const int ChargeDaysBack = 100;

    public static Task AnswerRunAsync(HttpContext context, LedgerServices services)
    {
        var isNumber = long.TryParse(ValueOf(context, "runId"), CultureInfo.InvariantCulture, out var runId);
        var subject = isNumber ? ExplanationSubject.OfRun(HostOf(context), RepositoryOf(context), runId) : null;
        return AnswerAsync(context, services, subject, DateOnly.MinValue, DateOnly.MaxValue, [], null);
    }

    public static Task AnswerRepositoryAsync(HttpContext context, LedgerServices services) => AnswerPlaceAsync(
        context, services, _ => ExplanationSubject.OfRepository(RepositoryOf(context)));

    public static Task AnswerWorkflowAsync(HttpContext context, LedgerServices services) => AnswerPlaceAsync(
        context, services, problems =>
        {
            if (QueryValues.One(context.Request.Query, "path", problems) is { } path)
                return ExplanationSubject.OfWorkflow(RepositoryOf(context), path);
            problems.Add("path must be the workflow file's, such as .github/workflows/triage.lock.yml");
            return null;
        });

    public static Task AnswerDayAsync(HttpContext context, LedgerServices services)
    {
        var problems = new List<string>();
        var account = (
            QueryValues.One(context.Request.Query, "org", problems),
            QueryValues.One(context.Request.Query, "enterprise", problems)) switch
        {
            (null, null) => null,
            ({ } name, null) => new ReconciliationScope(ScopeKind.Organization, name),
            (null, { } name) => new ReconciliationScope(ScopeKind.Enterprise, name),
            _ => Twice(problems),
        };
        var isDay = DateOnly.TryParseExact(
            ValueOf(context, "day"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        // The last day there is has no end.
        return AnswerAsync(
            context, services, isDay && day < DateOnly.MaxValue ? ExplanationSubject.OfDay(day) : null, day, day,
            problems, account);

        static ReconciliationScope? Twice(List<string> problems)
        {
            problems.Add("name one account at most, org or enterprise");
            return null;
        }
    }

    public static Task AnswerChargeAsync(HttpContext context, LedgerServices services, TimeProvider time)
    {
        var problems = new List<string>();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var (from, to) = (today.AddDays(-ChargeDaysBack), today.AddDays(1));
        if (context.Request.Query.ContainsKey("day")
            && QueryValues.Day(context.Request.Query, "day", problems) is { } day && day < DateOnly.MaxValue)
            (from, to) = (day, day.AddDays(1));
        return AnswerAsync(
            context, services, ExplanationSubject.OfCharge(ValueOf(context, "chargeId") ?? ""), from, to, problems,
            null);
    }

    private static Task AnswerPlaceAsync(
        HttpContext context, LedgerServices services, Func<List<string>, ExplanationSubject?> subjectOf)
    {
        var problems = new List<string>();
        var from = QueryValues.Day(context.Request.Query, "from", problems);
        var to = QueryValues.Day(context.Request.Query, "to", problems);
        if (from >= to)
            problems.Add("to is exclusive and must be after from");
        else if (from is { } first && to is { } end && end.DayNumber - first.DayNumber > DaysMax)
            problems.Add(FormattableString.Invariant($"from and to are over {DaysMax} days apart"));
        return AnswerAsync(context, services, subjectOf(problems), from ?? default, to ?? default, problems, null);
    }

    private static async Task AnswerAsync(
        HttpContext context, LedgerServices services, ExplanationSubject? subject, DateOnly from, DateOnly to,
        List<string> problems, ReconciliationScope? account)
    {
        if (problems.Count > 0)
        {
            await Problem.Of(
                StatusCodes.Status400BadRequest, "query", "The query is wrong",
                $"{string.Join("; ", problems)}. Days are UTC, as yyyy-MM-dd.").WriteAsync(context);
            return;
        }

        var document = subject is null
            ? null
            : await services.Explain.ExecuteAsync(
                new ExplanationRequest(subject, from, to) { Host = HostOf(context), Account = account },
                context.RequestAborted);
        if (document is null)
        {
            await Problem.Of(
                StatusCodes.Status404NotFound, "unknown-subject", "Nothing is known of it",
                "The ledger has nothing of that name in those days: check the name and the days, or wait until it has "
                + "been collected, polled and reconciled.").WriteAsync(context);
            return;
        }

        await context.Response.WriteBytesAsync(document.ToBytes());
    }

    private static string HostOf(HttpContext context) =>
        context.Request.Query["host"].FirstOrDefault()?.ToLowerInvariant() ?? RunKey.PublicHost;

    private static string RepositoryOf(HttpContext context) =>
        $"{ValueOf(context, "owner")}/{ValueOf(context, "repository")}";

    private static string? ValueOf(HttpContext context, string name) => context.Request.RouteValues[name] as string;
}
