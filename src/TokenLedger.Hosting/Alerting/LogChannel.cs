using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Alerting;

namespace TokenLedger.Hosting.Alerting;

/// <summary>The log of the service: a line for what happened, one for each figure.</summary>
internal sealed class LogChannel(AlertChannelConfiguration channel, Action<string> log) : IAlertChannel
{
    public AlertChannelConfiguration Configuration { get; } = channel;

    public Task<ProviderAnswer<string>> SendAsync(
        AlertEvent told, string? reference, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // Whoever follows the log sees no line of our form that came from outside.
        log(SafeText.ForTerminal($"alert {told.Id()}: {told.Title}"));
        foreach (var line in told.Lines)
            log(SafeText.ForTerminal($"alert {told.Id()}:   {line}"));
        return Task.FromResult<ProviderAnswer<string>>(told.Id());
    }
}
