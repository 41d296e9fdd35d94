using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Alerting;

/// <summary>The channels that are configured.</summary>
public static class AlertChannels
{
    /// <summary>The channel when none is configured.</summary>
    private const string LogName = "log";

    /// <summary>All of them; the log alone when none is configured.</summary>
    /// <param name="configuration">The channels.</param>
    /// <param name="sources">Whoever tells people outside.</param>
    /// <param name="log">Told one line at a time; from any thread.</param>
    public static IReadOnlyList<IAlertChannel> Of(
        AlertsConfiguration configuration, ProviderSources sources, Action<string> log)
    {
        IReadOnlyList<AlertChannelConfiguration> configured = configuration.Channels.Count > 0
            ? configuration.Channels
            : [new() { Name = LogName, Kind = AlertChannelKind.Log }];
        return
        [
            .. configured.Select(channel => channel.Kind == AlertChannelKind.Log
                ? new LogChannel(channel, log)
                : sources.ChannelOf(channel)),
        ];
    }
}
