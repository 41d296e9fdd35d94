using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TokenLedger.Application.Telemetry;

namespace TokenLedger.Hosting.Tests.Telemetry;

/// <summary>Hears every span and figure of the ledger.</summary>
internal sealed class Heard : IDisposable
{
    private readonly ActivityListener spans;
    private readonly MeterListener meters = new();

    public Heard()
    {
        spans = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == LedgerTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(spans);
        meters.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == LedgerTelemetry.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        meters.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = [];

    /// <summary>Figures by instrument and tags, as <c>name tag=value</c>.</summary>
    public ConcurrentQueue<(string Name, double Value)> Figures { get; } = [];

    public double Sum(string name) => Figures.Where(figure => figure.Name == name).Sum(figure => figure.Value);

    public Activity? Span(string name) => Spans.FirstOrDefault(span => span.OperationName == name);

    public void Dispose()
    {
        spans.Dispose();
        meters.Dispose();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Figures.Enqueue((
            string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Prepend(instrument.Name)), value));
}
