using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TokenLedger.Application.Ports;
using TokenLedger.Hosting.Composition;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Hosting.Endpoints;

/// <summary>The HTTP interface, the same behind the Functions host and in <c>serve</c>.</summary>
/// <remarks>Exact routes only: a catch-all would open the trigger paths to the world.</remarks>
public static class LedgerEndpoints
{
    private static readonly LedgerRoute Webhook = new("POST", "/api/github/webhooks", NeedsKey: false);
    private static readonly LedgerRoute Health = new("GET", "/api/health", NeedsKey: false);
    private static readonly LedgerRoute Reconciliation = new("GET", "/api/reconciliation", NeedsKey: true);
    private static readonly LedgerRoute Run = new("GET", RunEndpoint.Pattern, NeedsKey: true);

    private static readonly LedgerRoute ExplainRun = new("GET", ExplainEndpoint.RunPattern, NeedsKey: true);
    private static readonly LedgerRoute ExplainRepository =
        new("GET", ExplainEndpoint.RepositoryPattern, NeedsKey: true);
    private static readonly LedgerRoute ExplainWorkflow = new("GET", ExplainEndpoint.WorkflowPattern, NeedsKey: true);
    private static readonly LedgerRoute ExplainDay = new("GET", ExplainEndpoint.DayPattern, NeedsKey: true);
    private static readonly LedgerRoute ExplainCharge = new("GET", ExplainEndpoint.ChargePattern, NeedsKey: true);

    private static readonly LedgerRoute Headroom = new("GET", HeadroomEndpoint.Pattern, NeedsKey: true);
    private static readonly LedgerRoute Reservation =
        new("DELETE", HeadroomEndpoint.ReservationPattern, NeedsKey: true);

    /// <summary>Every route: method, pattern and whether it needs a key.</summary>
    public static readonly IReadOnlyList<LedgerRoute> Routes =
    [
        Webhook, Health, Reconciliation, Run, ExplainRun, ExplainRepository, ExplainWorkflow, ExplainDay,
        ExplainCharge, Headroom, Reservation,
    ];

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="warmup">The services.</param>
    /// <param name="webhook">The webhook; null where no secret is configured.</param>
    /// <param name="time">The clock.</param>
    /// <param name="requireKey">Wraps the routes that need a key; null where the host in front checks it.</param>
    public static void Map(
        IEndpointRouteBuilder routes,
        Warmup warmup,
        WebhookEndpoint? webhook,
        TimeProvider time,
        Func<RequestDelegate, RequestDelegate>? requireKey)
    {
        // The host pings this every 25 ms while it starts, before anything else is ready.
        routes.MapGet("/", static context => context.Response.WriteAsync("ok", context.RequestAborted));
        if (webhook is not null)
            Add(Webhook, webhook.AnswerAsync);
        Add(Health, With(warmup, HealthEndpoint.AnswerAsync));
        Add(Reconciliation, With(
            warmup, (context, services) => ReconciliationEndpoint.AnswerAsync(context, services, time)));
        Add(Run, With(warmup, RunEndpoint.AnswerAsync));
        Add(ExplainRun, With(warmup, ExplainEndpoint.AnswerRunAsync));
        Add(ExplainRepository, With(warmup, ExplainEndpoint.AnswerRepositoryAsync));
        Add(ExplainWorkflow, With(warmup, ExplainEndpoint.AnswerWorkflowAsync));
        Add(ExplainDay, With(warmup, ExplainEndpoint.AnswerDayAsync));
        Add(ExplainCharge, With(
            warmup, (context, services) => ExplainEndpoint.AnswerChargeAsync(context, services, time)));

        Add(Headroom, With(warmup, HeadroomEndpoint.AnswerAsync));
        Add(Reservation, With(warmup, HeadroomEndpoint.ReleaseAsync));

        void Add(LedgerRoute route, RequestDelegate answer) => routes.MapMethods(
            route.Pattern, [route.Method],
            route.NeedsKey && requireKey is not null ? requireKey(answer) : answer);
    }

    /// <summary>Answers 404 and 405 as problem details, and a fault of ours without its message.</summary>
    public static void UseProblems(IApplicationBuilder app) => app.Use(static async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException fault)
        {
            await Problem.Of(fault.StatusCode, "request", "The request cannot be read",
                "The request ended early or is malformed: send it again whole.").WriteAsync(context);
        }
        catch (LedgerUnusableException)
        {
            await Unavailable(context);
        }
#pragma warning disable CA1031 // The edge of the process: a fault must not tell its content to the caller.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // A part of an answer must not end as if it were one.
            if (context.Response.HasStarted)
                context.Abort();
            else if (IsStorageFault(fault))
                await Unavailable(context);
            else
                await Problem.Of(
                    StatusCodes.Status500InternalServerError, "internal", "Something failed here",
                    $"A fault of ours ({fault.GetType().Name}): send it again, and report it if it stays.")
                    .WriteAsync(context);
        }

        if (!context.Response.HasStarted && context.Response.ContentLength is null)
            await Unanswered(context);
    });

    private static RequestDelegate With(Warmup warmup, Func<HttpContext, LedgerServices, Task> answer) =>
        async context => await answer(context, await warmup.ServicesAsync());

    private static bool IsStorageFault(Exception fault) =>
        fault is StorageFailureException or IOException or HttpRequestException or System.Data.Common.DbException
            or TimeoutException;

    private static Task Unavailable(HttpContext context)
    {
        context.Response.Headers.RetryAfter = 30.ToString(CultureInfo.InvariantCulture);
        return Problem.Of(
            StatusCodes.Status503ServiceUnavailable, "storage", "The storage cannot be reached",
            "Nothing was lost: send it again in a while.").WriteAsync(context);
    }

    private static Task Unanswered(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Problem.Of(
            StatusCodes.Status404NotFound, "not-found", "There is nothing here",
            "The path is none of the service: see the documentation for those it has.").WriteAsync(context),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(
            StatusCodes.Status405MethodNotAllowed, "method", "The method is not allowed here",
            "The path is right and the method is not: see the Allow header.").WriteAsync(context),
        _ => Task.CompletedTask,
    };
}
