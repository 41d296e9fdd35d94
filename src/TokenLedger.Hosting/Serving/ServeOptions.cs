using TokenLedger.Application.Configuration;

namespace TokenLedger.Hosting.Serving;

/// <summary>How the service is run on one machine.</summary>
/// <param name="Urls">Where it listens.</param>
/// <param name="Inbox">The folder that is watched for logs; null for none.</param>
/// <param name="ApiKey">The key that callers must send; null for none, which only loopback allows.</param>
/// <param name="WebhookSecrets">The webhook's secrets; empty when no webhook is taken.</param>
public sealed record ServeOptions(
    IReadOnlyList<Uri> Urls, string? Inbox, Secret? ApiKey, IReadOnlyList<Secret> WebhookSecrets)
{
    /// <summary>Whether only this machine can reach every address.</summary>
    public bool IsLoopback => Urls.All(ListenAddress.IsLoopback);

    /// <summary>Whether an address can be listened on: plain HTTP at localhost or an IP address.</summary>
    public static bool IsUsable(Uri url) => ListenAddress.IsUsable(url);
}
