using System.Text.Json;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub.Probing;

/// <summary>A probe's answer and its document.</summary>
internal sealed class ProbedJson(ProbeAnswer probe, JsonDocument? document) : IDisposable
{
    public ProbeAnswer Probe => probe;

    /// <summary>The document's root; null unless it was answered.</summary>
    public JsonElement? Root => probe.IsAnswered ? document?.RootElement : null;

    public void Dispose() => document?.Dispose();
}
