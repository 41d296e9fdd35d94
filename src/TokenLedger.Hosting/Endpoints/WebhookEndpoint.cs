using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Health;
using TokenLedger.Application.Outcomes;
using TokenLedger.Application.Telemetry;
using TokenLedger.Application.Webhooks;
using TokenLedger.Hosting.Composition;
using TokenLedger.Ingestion.Webhooks;

namespace TokenLedger.Hosting.Endpoints;

/// <summary><c>POST /api/github/webhooks</c>: verifies a delivery and queues its work before it answers.</summary>
public sealed class WebhookEndpoint
{
    // GitHub delivers no payload over 25 MB (webhook documentation, 2026-10).
    private const int BodyBytesMax = 25 * 1024 * 1024;

    // A GUID has 36 characters, the longest event's name fewer.
    private const int NameCharactersMax = 100;

    private const string SpanName = "GitHub webhook";

    private readonly WebhookSignature signature;
    private readonly Warmup warmup;

    /// <param name="secrets">The webhook's secrets, at least one.</param>
    /// <param name="warmup">The services.</param>
    /// <exception cref="ArgumentException">There is no secret: an unverified webhook is none.</exception>
    public WebhookEndpoint(IReadOnlyList<Secret> secrets, Warmup warmup)
    {
        signature = new WebhookSignature([.. secrets.Select(secret => secret.Reveal())]);
        this.warmup = warmup;
    }

    /// <summary>Answers one delivery.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        using var activity = LedgerTelemetry.Start(
            SpanName, ActivityKind.Server, context.Request.Headers.TraceParent.ToString());
        var problem = await TryAsync(context);
        if (problem is null)
            return;
        LedgerTelemetry.DeliveryAnswered(problem.Type);
        activity?.SetStatus(ActivityStatusCode.Error, problem.Title);
        await problem.WriteAsync(context);
    }

    private async Task<Problem?> TryAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (!IsJson(headers.ContentType))
        {
            return Problem.Of(
                StatusCodes.Status415UnsupportedMediaType, "content-type", "The content type is not JSON",
                "Set the webhook's content type to application/json.");
        }

        if (headers["X-GitHub-Event"] is not [{ } eventName] || !IsName(eventName)
            || headers["X-GitHub-Delivery"] is not [{ } deliveryId] || !IsName(deliveryId))
        {
            return Problem.Of(
                StatusCodes.Status400BadRequest, "headers", "This is no delivery of GitHub",
                "The headers X-GitHub-Event and X-GitHub-Delivery must be there, once each.");
        }

        // Whoever cannot even write a signature does not make us read a body.
        var header = headers[WebhookSignature.HeaderName].ToString();
        if (WebhookSignature.FaultOf(header) is { } fault)
            return Refusal(fault);
        using var body = await RequestBody.ReadAsync(context.Request, BodyBytesMax, context.RequestAborted);
        if (body is null)
        {
            // What is left of it is not worth waiting for.
            context.Response.Headers.Connection = "close";
            return Problem.Of(
                StatusCodes.Status413PayloadTooLarge, "too-large", "The body is too large",
                "GitHub delivers at most 25 MB.");
        }

        var verdict = signature.Check(header, body.Content.Span);
        if (verdict != SignatureVerdict.Valid)
            return Refusal(verdict);

        var services = await warmup.ServicesAsync();
        // A caller that goes away changes nothing: the work is done and claimed, or it is not and comes again.
        var outcome = ReceiveOutcomeEvent.Takes(eventName)
            ? await services.ReceiveOutcomeEvent.ExecuteAsync(
                deliveryId, eventName, body.Content, CancellationToken.None)
            : await services.ReceiveWorkflowRun.ExecuteAsync(
                deliveryId, eventName, body.Content, CancellationToken.None);
        return await AnswerAsync(context, services, outcome);
    }

    private static async Task<Problem?> AnswerAsync(
        HttpContext context, LedgerServices services, WebhookOutcome outcome)
    {
        if (outcome.Kind == WebhookOutcomeKind.Malformed)
        {
            return Problem.Of(
                StatusCodes.Status400BadRequest, "payload", "The payload cannot be read", outcome.Detail ?? "");
        }

        LedgerTelemetry.DeliveryAnswered(outcome.Kind.ToString());
        await services.Health.NoteSuccessAsync(ServiceHealth.Webhook, CancellationToken.None);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        var answer = new WebhookAnswer(outcome.Kind.ToString().ToLowerInvariant(), outcome.Detail);
        await context.Response.WriteJsonAsync(answer, EndpointJson.Default.WebhookAnswer);
        return null;
    }

    private static Problem Refusal(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Missing => Problem.Of(
            StatusCodes.Status401Unauthorized, "signature-missing", "The delivery is not signed",
            $"Set a secret on the webhook: {WebhookSignature.HeaderName} is missing."),
        SignatureVerdict.Malformed => Problem.Of(
            StatusCodes.Status401Unauthorized, "signature-malformed", "The signature is none",
            $"{WebhookSignature.HeaderName} must be sha256= and 64 hexadecimal digits."),
        _ => Problem.Of(
            StatusCodes.Status401Unauthorized, "signature-mismatch", "The signature does not fit",
            "The webhook's secret is none of those configured here, or the body was changed on its way."),
    };

    // As GitHub writes events and ids; two values that a proxy has joined are none.
    private static bool IsName(string text) =>
        text.Length is > 0 and <= NameCharactersMax
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static bool IsJson(StringValues contentTypes) =>
        contentTypes is [{ } contentType]
        && string.Equals(contentType.Split(';', 2)[0].Trim(), "application/json", StringComparison.OrdinalIgnoreCase);
}
