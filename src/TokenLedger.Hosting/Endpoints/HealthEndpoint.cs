using Microsoft.AspNetCore.Http;
using TokenLedger.Application.Health;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Endpoints;

/// <summary><c>GET /api/health</c>.</summary>
internal static class HealthEndpoint
{
    private static readonly string Version =
        typeof(HealthEndpoint).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "0.0.0";

    public static async Task AnswerAsync(HttpContext context, LedgerServices services)
    {
        var answer = ToAnswer(await services.Health.ReadAsync());
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteJsonAsync(answer, EndpointJson.Default.HealthAnswer);
    }

    private static HealthAnswer ToAnswer(HealthReport report) => new(
        report.IsWell ? HealthStatus.Ok : HealthStatus.Degraded,
        Version,
        report.OpenAlerts,
        [.. report.Queues.Select(queue => new HealthAnswer.Queue(
            queue.QueueName, queue.Messages, queue.OldestAge?.TotalSeconds))],
        [.. report.LastSuccesses.Select(success => new HealthAnswer.Function(success.Function, success.At))]);
}
