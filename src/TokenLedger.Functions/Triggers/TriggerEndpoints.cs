using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TokenLedger.Application.Messages;
using TokenLedger.Hosting.Composition;
using TokenLedger.Hosting.Endpoints;
using TokenLedger.Hosting.Workers;

namespace TokenLedger.Functions.Triggers;

/// <summary>
/// The paths that the Functions host posts queue and timer triggers to: the names of the functions. The front door has
/// no route to them.
/// </summary>
internal static class TriggerEndpoints
{
    /// <summary>The binding's name in every queue function's <c>function.json</c>.</summary>
    public const string QueueBinding = "message";

    /// <summary>Function name and queue.</summary>
    public static readonly IReadOnlyList<(string Function, string Queue)> QueueFunctions =
    [
        ("CollectRun", QueueNames.CollectRun),
        ("ParseTokenLog", QueueNames.LogUploaded),
        ("ExportReport", QueueNames.ExportReport),
        ("ReconcileDay", QueueNames.ReconcileDay),
        ("EvaluateBudgets", QueueNames.EvaluateBudgets),
    ];

    /// <summary>Function name and work of each timer.</summary>
    public static readonly IReadOnlyList<
        (string Function, Func<LedgerServices, CancellationToken, Task<MessageResult>> Work)> TimerFunctions =
    [
        (BillingTimer.Name, BillingTimer.RunAsync),
        (SweepTimer.Name, SweepTimer.RunAsync),
        (BudgetTimer.Name, BudgetTimer.RunAsync),
    ];

    public static void Map(IApplicationBuilder app, Warmup warmup)
    {
        foreach (var (function, queue) in QueueFunctions)
        {
            app.Map("/" + function, branch => branch.Run(
                context => HandleMessageAsync(context, warmup, function, queue)));
        }

        foreach (var (function, work) in TimerFunctions)
            app.Map("/" + function, branch => branch.Run(context => RunAsync(context, warmup, work)));
    }

    private static async Task HandleMessageAsync(HttpContext context, Warmup warmup, string function, string queue)
    {
        using var body = await RequestBody.ReadAsync(
            context.Request, InvocationPayload.BytesMax, context.RequestAborted);
        if (body is null || InvocationPayload.MessageOf(body.Content, QueueBinding) is not { } text)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, $"{function}: the payload holds no message.");
            return;
        }

        var services = await warmup.ServicesAsync();
        // Not the request's own cancellation: a host that goes away is killed with us, and a host that only gave up
        // waiting hands the message out again, which does no harm.
        var result = await services.Messages.HandleAsync(queue, text, CancellationToken.None);
        if (result.IsDone)
            await services.Health.NoteSuccessAsync(function, CancellationToken.None);
        await AnswerAsync(
            context, result.IsDone ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError, result.Log);
    }

    private static async Task RunAsync(
        HttpContext context, Warmup warmup, Func<LedgerServices, CancellationToken, Task<MessageResult>> work)
    {
        var services = await warmup.ServicesAsync();
        var outcome = await work(services, CancellationToken.None);
        await AnswerAsync(
            context, outcome.IsDone ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError, outcome.Log);
    }

    private static Task AnswerAsync(HttpContext context, int status, string log)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteBytesAsync(InvocationResult.Of(log), InvocationResult.ContentType);
    }
}
