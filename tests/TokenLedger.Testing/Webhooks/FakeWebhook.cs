using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.FunctionsHost;

namespace TokenLedger.Testing.Webhooks;

/// <summary>An incoming webhook on a free port of this machine. Its address holds a secret.</summary>
public sealed class FakeWebhook : IAsyncDisposable
{
    /// <summary>What nobody but the webhook and its user may know.</summary>
    public const string Secret = "T00B00hookS3cr3t";

    private readonly ConcurrentQueue<(string Key, JsonNode Body)> received = new();
    private LoopbackServer? server;

    /// <summary>Its address.</summary>
    public Uri Url => new($"http://127.0.0.1:{server!.Port}/services/{Secret}?sig={Secret}");

    /// <summary>What it took, in order: the key against repetition, and the message.</summary>
    public IReadOnlyList<(string Key, JsonNode Body)> Received => [.. received];

    /// <summary>The status that it answers with; what is no success is not taken.</summary>
    public int Status { get; set; } = 200;

    /// <summary>A header of its answers; null for none.</summary>
    public (string Name, string Value)? Header { get; set; }

    /// <summary>Whether it ends connections without an answer.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often it was asked, taken or not.</summary>
    public int Requests { get; private set; }

    /// <summary>Done once a request has come.</summary>
    public TaskCompletionSource Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What answers wait for; null for nothing.</summary>
    public Task? BeginsAfter { get; set; }

    /// <summary>Starts it.</summary>
    public static async Task<FakeWebhook> StartAsync()
    {
        var webhook = new FakeWebhook();
        webhook.server = await LoopbackServer.StartAsync(0, webhook.AnswerAsync);
        return webhook;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context)
    {
        Requests++;
        Came.TrySetResult();
        if (BeginsAfter is { } gate)
            await gate;
        if (IsDown)
        {
            context.Abort();
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (Status is >= 200 and < 300)
            received.Enqueue((context.Request.Headers["Idempotency-Key"].ToString(), JsonNode.Parse(body)!));
        context.Response.StatusCode = Status;
        if (Header is { } header)
            context.Response.Headers[header.Name] = header.Value;
        await context.Response.WriteAsync($"the address was {context.Request.Path}", context.RequestAborted);
    }
}
