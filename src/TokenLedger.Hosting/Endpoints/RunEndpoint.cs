using Microsoft.AspNetCore.Http;
using TokenLedger.Domain.Usage;
using TokenLedger.Hosting.Composition;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Hosting.Endpoints;

/// <summary><c>GET /api/runs/{owner}/{repository}/{runId}</c>: one run, every attempt.</summary>
internal static class RunEndpoint
{
    public const string Pattern = "/api/runs/{owner}/{repository}/{runId:long}";

    public static async Task AnswerAsync(HttpContext context, LedgerServices services)
    {
        var values = context.Request.RouteValues;
        var host = context.Request.Query["host"].FirstOrDefault() ?? RunKey.PublicHost;
        var isNumber = long.TryParse(
            values["runId"] as string, System.Globalization.CultureInfo.InvariantCulture, out var runId);
        var identity = isNumber
            ? RunIdentity.Of(host, $"{values["owner"]}/{values["repository"]}", runId, attempt: 1)
            : null;
        var document = identity is null
            ? null
            : await services.ReadRun.ExecuteAsync(
                identity.Host, identity.Repository, identity.RunId, context.RequestAborted);
        if (document is null)
        {
            await Problem.Of(
                StatusCodes.Status404NotFound, "unknown-run", "The run is not known",
                "No run of that id is known in that repository: check owner, repository and run id, or wait until its "
                + "log has been collected.").WriteAsync(context);
            return;
        }

        await context.Response.WriteBytesAsync(document.ToBytes());
    }
}
