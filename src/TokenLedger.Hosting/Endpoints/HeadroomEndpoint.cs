using Microsoft.AspNetCore.Http;
using TokenLedger.Application.Headroom;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Endpoints;

/// <summary><c>GET /api/budgets/{name}/headroom</c>: whether a run may start; and giving its room back.</summary>
/// <remarks>
/// A GET that holds room: for one run the same room however often it is asked, and nothing for good, since room
/// expires.
/// </remarks>
internal static class HeadroomEndpoint
{
    public const string Pattern = "/api/budgets/{name}/headroom";
    public const string ReservationPattern = "/api/budgets/{name}/reservations/{id}";

    public static async Task AnswerAsync(HttpContext context, LedgerServices services)
    {
        var query = context.Request.Query;
        var problems = new List<string>();
        var request = HeadroomQuestion.Read(
            QueryValues.One(query, "estimateUsd", problems), QueryValues.One(query, "run", problems),
            QueryValues.One(query, "host", problems), QueryValues.One(query, "reserve", problems),
            QueryValues.One(query, "expiresMinutes", problems), problems);
        if (request is null || problems.Count > 0)
        {
            await Problem.Of(
                StatusCodes.Status400BadRequest, "query", "The query is wrong",
                $"{string.Join("; ", problems)}.").WriteAsync(context);
            return;
        }

        if (await services.Headroom.AskAsync(NameOf(context), request, context.RequestAborted) is not { } answer)
        {
            await UnknownAsync(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteBytesAsync(new HeadroomDocument(answer).ToBytes());
    }

    public static async Task ReleaseAsync(HttpContext context, LedgerServices services)
    {
        var id = context.Request.RouteValues["id"] as string ?? "";
        switch (await services.Headroom.ReleaseAsync(NameOf(context), id, context.RequestAborted))
        {
            case true:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case false:
                await Problem.Of(
                    StatusCodes.Status404NotFound, "unknown-reservation", "Nothing of that id is held",
                    "It was given back, has expired or never was: nothing is to be done.").WriteAsync(context);
                break;
            default:
                await UnknownAsync(context);
                break;
        }
    }

    private static string NameOf(HttpContext context) => context.Request.RouteValues["name"] as string ?? "";

    private static Task UnknownAsync(HttpContext context) => Problem.Of(
        StatusCodes.Status404NotFound, "unknown-budget", "There is no such budget",
        "The name is none of TokenLedger:Budgets: check its spelling.").WriteAsync(context);
}
