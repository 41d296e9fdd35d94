using System.Net;
using Polly;
using Polly.Retry;

namespace TokenLedger.Providers.Http;

/// <summary>How every provider is asked.</summary>
internal static class ProviderClient
{
    /// <summary>A client that follows no redirect and keeps no cookie: a token must reach nobody but the API.</summary>
    /// <param name="connectionsMax">Connections to one server.</param>
    public static HttpClient Create(int connectionsMax) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = connectionsMax,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Tries a broken connection again twice; everything else is told at once.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="delay">About how long to wait first; the second wait is twice as long.</param>
    /// <param name="jitter">The source of jitter, from 0 inclusive to 1 exclusive.</param>
    public static ResiliencePipeline Retrying(TimeProvider time, TimeSpan delay, Func<double> jitter) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<IOException>(),
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                Delay = delay,
                UseJitter = true,
                Randomizer = jitter,
            })
            .Build();

    /// <summary>Why no whole answer came, in a few words.</summary>
    public static string CauseOf(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "the name is not known",
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.SecureConnectionError => "the certificate is not trusted or TLS failed",
        HttpRequestError.ProxyTunnelError => "the proxy refuses",
        _ => "the connection was ended",
    };
}
