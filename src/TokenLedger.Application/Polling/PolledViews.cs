using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Polling;

/// <summary>The views that are asked for: every one of every configured bill that there is a token for.</summary>
internal static class PolledViews
{
    public static IEnumerable<PolledView> Of(
        LedgerConfiguration configuration, IEnumerable<IBillingSource> providers) =>
        from source in configuration.Sources
        where source.Token is not null
        from provider in providers
        where string.Equals(provider.Kind, source.Kind, StringComparison.Ordinal) && source.Asks(provider.View)
        let view = new PolledView(source, provider)
        group view by view.Key
        into alike
        select alike.First();
}
