using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using TokenLedger.Hosting.Serving;

namespace TokenLedger.Hosting.Tests.Telemetry;

/// <summary>Takes OTLP over HTTP on a free port.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app = WebHost.Create([new Uri("http://127.0.0.1:0")]);

    /// <summary>The newest request of each path.</summary>
    public ConcurrentDictionary<string, (string? Type, string? Header, int Bytes)> Received { get; } = [];

    public string Address => app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        collector.app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            collector.Received[context.Request.Path] =
                (context.Request.ContentType, context.Request.Headers["x-collector"], (int)body.Length);
        });
        await collector.app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
