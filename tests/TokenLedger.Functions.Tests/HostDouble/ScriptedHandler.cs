using System.Text;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.FunctionsHost.Handlers;

namespace TokenLedger.Functions.Tests.HostDouble;

/// <summary>A handler that answers every call but <c>GET /</c> the same, and remembers what it was asked.</summary>
internal sealed class ScriptedHandler
{
    private readonly Lock gate = new();
    private readonly List<SeenRequest> seen = [];

    public ScriptedHandler() => Runner = new(HandleAsync);

    public InProcessRunner Runner { get; }

    public int Status { get; set; } = 200;

    public int RootStatus { get; set; } = 200;

    public string? ContentType { get; set; } = "application/json";

    public string Body { get; set; } = "{}";

    /// <summary>Ends in the middle of the first call with this code.</summary>
    public int? ExitCodeAtFirstCall { get; set; }

    public IReadOnlyList<SeenRequest> Seen
    {
        get
        {
            lock (gate)
                return [.. seen];
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/")
        {
            context.Response.StatusCode = RootStatus;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        lock (gate)
            seen.Add(new(
                context.Request.Method,
                context.Request.Path + context.Request.QueryString.Value,
                context.Request.Headers.ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body.ToArray()));
        if (ExitCodeAtFirstCall is { } code)
        {
            ExitCodeAtFirstCall = null;
            Runner.Exit(code);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }

        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        if (Body.Length > 0)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body), context.RequestAborted);
    }
}
