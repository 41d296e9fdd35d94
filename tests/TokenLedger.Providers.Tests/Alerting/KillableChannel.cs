using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Alerting;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Providers.Tests.Alerting;

/// <summary>A channel before whose use the process may end.</summary>
internal sealed class KillableChannel(IAlertChannel inner, KillSwitch kill) : IAlertChannel
{
    public AlertChannelConfiguration Configuration => inner.Configuration;

    public Task<ProviderAnswer<string>> SendAsync(
        AlertEvent told, string? reference, CancellationToken cancellation)
    {
        kill.Count();
        return inner.SendAsync(told, reference, cancellation);
    }
}
