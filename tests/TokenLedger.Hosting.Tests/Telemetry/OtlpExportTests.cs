using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using TokenLedger.Application.Telemetry;
using TokenLedger.Hosting.Serving;
using TokenLedger.Hosting.Telemetry;

namespace TokenLedger.Hosting.Tests.Telemetry;

public sealed class OtlpExportTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_sent_without_an_endpoint(string? endpoint)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (endpoint is not null)
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;

        Assert.Null(OtlpExport.Start("test", variables));
    }

    [Fact]
    public async Task Spans_and_figures_arrive_at_a_collector()
    {
        var received = new ConcurrentDictionary<string, (string? Type, string? Header, int Bytes)>();
        await using var collector = WebHost.Create([new Uri("http://127.0.0.1:0")]);
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            received[context.Request.Path] =
                (context.Request.ContentType, context.Request.Headers["x-collector"], (int)body.Length);
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        using var export = OtlpExport.Start("test", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-collector=me",
        })!;
        using (LedgerTelemetry.Start("span", ActivityKind.Internal, null))
            LedgerTelemetry.DeliveryAnswered("tested");

        export.Flush();

        Assert.Equal(["/v1/metrics", "/v1/traces"], received.Keys.Order(StringComparer.Ordinal));
        Assert.All(received.Values, request => Assert.Equal(("application/x-protobuf", "me"), (request.Type, request.Header)));
        Assert.All(received.Values, request => Assert.True(request.Bytes > 0));
    }
}
