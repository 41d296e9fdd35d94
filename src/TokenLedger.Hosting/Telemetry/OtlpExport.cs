using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TokenLedger.Application.Telemetry;

namespace TokenLedger.Hosting.Telemetry;

/// <summary>Sends traces and metrics by OTLP where an endpoint is configured.</summary>
/// <remarks>
/// Made after the socket is bound: the exporter costs about a tenth of a second. The environment variables are
/// OpenTelemetry's own: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>_HEADERS</c>, <c>_PROTOCOL</c>.
/// </remarks>
public sealed class OtlpExport : IDisposable
{
    private const string VariablePrefix = "OTEL_";
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The platform ends the process without a word; what is not sent soon is lost.
    private const int FlushMilliseconds = 2_000;

    private readonly TracerProvider tracers;
    private readonly MeterProvider meters;

    private OtlpExport(string serviceName, IReadOnlyDictionary<string, string> variables)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(variables
                .Where(pair => pair.Key.StartsWith(VariablePrefix, StringComparison.Ordinal))
                .Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build();
        var resource = ResourceBuilder.CreateEmpty().AddService(serviceName);
        tracers = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(LedgerTelemetry.Name)
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(settings))
            .AddOtlpExporter()
            .Build();
        meters = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(LedgerTelemetry.Name)
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(settings))
            .AddOtlpExporter()
            .Build();
    }

    /// <summary>The export; null when no endpoint is configured.</summary>
    /// <param name="serviceName">What the resource is called.</param>
    /// <param name="variables">Environment variables.</param>
    public static OtlpExport? Start(string serviceName, IReadOnlyDictionary<string, string> variables) =>
        variables.TryGetValue(EndpointVariable, out var endpoint) && endpoint.Length > 0
            ? new OtlpExport(serviceName, variables)
            : null;

    /// <summary>Sends what has been gathered; bounded, and silent when nobody listens.</summary>
    public void Flush()
    {
        tracers.ForceFlush(FlushMilliseconds);
        meters.ForceFlush(FlushMilliseconds);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        tracers.Dispose();
        meters.Dispose();
    }
}
