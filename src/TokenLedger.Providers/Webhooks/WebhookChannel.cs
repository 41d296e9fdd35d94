using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using TokenLedger.Application.Alerts;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Alerting;
using TokenLedger.Providers.Http;

namespace TokenLedger.Providers.Webhooks;

/// <summary>
/// An incoming webhook. It has no memory that could be asked: the event's id goes along as <c>Idempotency-Key</c> and
/// in the text. Its address is a secret, which no refusal names.
/// </summary>
public sealed class WebhookChannel : IAlertChannel
{
    private const int AnswerBytesMax = 4 * 1024;

    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(10);

    private readonly WebhookConnection connection;
    private readonly Uri address;

    // Of this process: another one is told so by the webhook itself.
    private long restUntilTicks;

    /// <param name="connection">The way to webhooks.</param>
    /// <param name="channel">The channel, with an address over TLS or on this machine.</param>
    public WebhookChannel(WebhookConnection connection, AlertChannelConfiguration channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        this.connection = connection;
        Configuration = channel;
        if (!Uri.TryCreate(channel.Url?.Reveal(), UriKind.Absolute, out var url) || !SafeAddress.Is(url))
            throw new ArgumentException("A webhook has an address over TLS or on this machine.", nameof(channel));
        address = url;
    }

    /// <inheritdoc/>
    public AlertChannelConfiguration Configuration { get; }

    /// <inheritdoc/>
    public async Task<ProviderAnswer<string>> SendAsync(
        AlertEvent told, string? reference, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(told);
        var rest = new DateTimeOffset(Volatile.Read(ref restUntilTicks), TimeSpan.Zero) - connection.Time.GetUtcNow();
        if (rest > TimeSpan.Zero)
            return Of(ProviderRefusal.RateLimited, "was told too often: it is tried again later.", rest);
        using var timeOut = new CancellationTokenSource(TimeOut, connection.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeOut.Token, cancellation);
        try
        {
            using var request = RequestOf(told);
            using var response = await connection.Client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            await BoundedBody.ReadAsync(stream, AnswerBytesMax, either.Token);
            return response.IsSuccessStatusCode ? told.Id() : RefusalOf(response);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Of(ProviderRefusal.Unavailable, "did not answer within 10 seconds: it is tried again later.");
        }
        catch (HttpRequestException failure)
        {
            return Of(
                ProviderRefusal.Unavailable,
                $"cannot be reached ({ProviderClient.CauseOf(failure)}): check the network, the proxy and the Url. It "
                    + "is tried again later.");
        }
        catch (IOException)
        {
            return Of(ProviderRefusal.CutOff, "ended its answer early: it is tried again later.");
        }
        catch (InvalidDataException)
        {
            return Of(ProviderRefusal.Malformed, "sent what cannot be decompressed: check the Url.");
        }
    }

    private HttpRequestMessage RequestOf(AlertEvent told)
    {
        var body = Configuration.Kind == AlertChannelKind.Teams
            ? WebhookPayload.Teams(told)
            : WebhookPayload.Slack(told);
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.ParseAdd("tokenledger");
        request.Headers.Add("Idempotency-Key", told.Id());
        return request;
    }

    private ProviderRefusal RefusalOf(HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var wait = RetryAfter.Of(response.Headers, connection.Time.GetUtcNow());
        if (response.StatusCode == HttpStatusCode.TooManyRequests && wait is { } rest)
            Volatile.Write(ref restUntilTicks, (connection.Time.GetUtcNow() + rest).UtcTicks);
        return (int)response.StatusCode switch
        {
            429 => Of(ProviderRefusal.RateLimited, "was told too often (429): it is tried again later.", wait),
            >= 500 => Of(ProviderRefusal.Unavailable, $"failed ({status}): it is tried again later.", wait),
            >= 300 and < 400 => Of(
                ProviderRefusal.Rejected, $"has moved ({status}), and nothing is sent after it: correct the Url."),
            401 or 403 or 404 or 410 => Of(
                ProviderRefusal.NotFound, $"is no more, or not for us ({status}): make a new webhook, and correct the "
                    + "Url."),
            _ => Of(
                ProviderRefusal.Rejected, $"does not take the message ({status}): check that Kind is that of the "
                    + "webhook."),
        };
    }

    private ProviderRefusal Of(string code, string what, TimeSpan? wait = null) =>
        new(code, $"The webhook of the channel {Configuration.Name} {what}", wait);
}
