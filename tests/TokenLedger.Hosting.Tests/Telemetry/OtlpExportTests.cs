using System.Diagnostics;
using TokenLedger.Application.Telemetry;
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
        await using var collector = await Collector.StartAsync();
        using var export = OtlpExport.Start("test", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-collector=me",
        })!;
        using (LedgerTelemetry.Start("span", ActivityKind.Internal, null))
            LedgerTelemetry.DeliveryAnswered("tested");

        export.Flush();

        Assert.Equal(["/v1/metrics", "/v1/traces"], collector.Received.Keys.Order(StringComparer.Ordinal));
        Assert.All(collector.Received.Values, request => Assert.Equal(("application/x-protobuf", "me"), (request.Type, request.Header)));
        Assert.All(collector.Received.Values, request => Assert.True(request.Bytes > 0));
    }
}
