using Microsoft.AspNetCore.Http;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Reconciling;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Endpoints;

/// <summary>
/// <c>GET /api/reconciliation?org=&amp;from=&amp;to=&amp;spreadIncluded=</c>: the artifact of a period.
/// </summary>
internal static class ReconciliationEndpoint
{
    // A little over a year, so that a year and its neighbours fit and a mistyped century does not.
    private const int DaysMax = 400;

    public static async Task AnswerAsync(HttpContext context, LedgerServices services, TimeProvider time)
    {
        var problems = new List<string>();
        var scope = ScopeOf(context.Request.Query, problems);
        var from = QueryValues.Day(context.Request.Query, "from", problems);
        var to = QueryValues.Day(context.Request.Query, "to", problems);
        var spreadsIncluded = IsTrue(context.Request.Query, "spreadIncluded", problems);
        if (from >= to)
            problems.Add("to is exclusive and must be after from");
        else if (from is { } first && to is { } end && end.DayNumber - first.DayNumber > DaysMax)
            problems.Add(FormattableString.Invariant($"from and to are over {DaysMax} days apart"));
        if (problems.Count > 0)
        {
            await Problem.Of(
                StatusCodes.Status400BadRequest, "query", "The query is wrong",
                $"{string.Join("; ", problems)}. Example: ?org=acme&from=2026-11-01&to=2026-12-01.")
                .WriteAsync(context);
            return;
        }

        var now = time.GetUtcNow();
        var period = await services.ReconcilePeriod.ExecuteAsync(
            scope!, from!.Value, to!.Value, now, spreadsIncluded, context.RequestAborted);
        if (period is null)
        {
            await Problem.Of(
                StatusCodes.Status404NotFound, "empty-scope", "Nothing is known of the scope",
                "There are neither runs nor a bill of that name in the period: check the name and the days.")
                .WriteAsync(context);
            return;
        }

        var document = BuildArtifact.Execute(period, now);
        context.Response.ContentType = ResponseJson.ContentType;
        await BuildArtifact.WriteAsync(document, context.Response.Body, context.RequestAborted);
    }

    private static ReconciliationScope? ScopeOf(IQueryCollection query, List<string> problems)
    {
        var costCenter = QueryValues.One(query, "costCenter", problems);
        switch (QueryValues.One(query, "org", problems), QueryValues.One(query, "enterprise", problems))
        {
            case ({ } organization, null):
                return new ReconciliationScope(ScopeKind.Organization, organization, costCenter);
            case (null, { } enterprise):
                return new ReconciliationScope(ScopeKind.Enterprise, enterprise, costCenter);
            default:
                problems.Add("name one scope, org or enterprise");
                return null;
        }
    }

    private static bool IsTrue(IQueryCollection query, string name, List<string> problems)
    {
        if (QueryValues.One(query, name, problems) is not { } text)
            return false;
        if (bool.TryParse(text, out var isTrue))
            return isTrue;
        problems.Add($"{name} must be true or false");
        return false;
    }
}
