using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.FunctionsHost;
using TokenLedger.Testing.GitHub.Serving;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>The server that artifacts come from, which must never be shown a token.</summary>
public sealed class FakeDownloads : IAsyncDisposable
{
    private static readonly TimeSpan AddressesLast = TimeSpan.FromMinutes(1);

    private readonly TimeProvider time;
    private readonly ConcurrentQueue<FakeGitHubRequest> requests = new();
    private readonly ConcurrentDictionary<string, (ReadOnlyMemory<byte> Bytes, string Type, DateTimeOffset Until)>
        addresses = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly FaultBook faults = new();
    private LoopbackServer? server;
    private int expiring;
    private int named;

    internal FakeDownloads(TimeProvider time) => this.time = time;

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<FakeGitHubRequest> Requests => [.. requests];

    /// <summary>Whether anybody ever sent it what authorises elsewhere.</summary>
    public bool SawAuthorization => requests.Any(request => request.Headers.ContainsKey("Authorization"));

    /// <summary>Makes downloads go wrong; nothing for none.</summary>
    public void Misbehave(params ProviderFault[] next) => faults.Order(next);

    /// <summary>Makes the next addresses be over before they are asked.</summary>
    public void ExpireNext(int count) => expiring = count;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
        await stopping.CancelAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    internal async Task StartAsync()
    {
        server = await LoopbackServer.StartAsync(0, AnswerAsync);
        Url = new UriBuilder("http", "127.0.0.1", server.Port).Uri;
    }

    internal Uri AddressOf(FakeArtifact artifact, DateTimeOffset now)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{artifact.Id}-{Interlocked.Increment(ref named)}");
        return AddressOf(key, artifact.Zip, "application/zip", now, AddressesLast);
    }

    internal Uri AddressOf(string report, ReadOnlyMemory<byte> csv, DateTimeOffset now) => AddressOf(
        string.Create(CultureInfo.InvariantCulture, $"{report}-{Interlocked.Increment(ref named)}"), csv, "text/csv",
        now, TimeSpan.FromHours(1));

    private Uri AddressOf(string key, ReadOnlyMemory<byte> bytes, string type, DateTimeOffset now, TimeSpan lasting)
    {
        addresses[key] = (bytes, type, Interlocked.Decrement(ref expiring) >= 0 ? now : now + lasting);
        return new Uri(Url, $"artifacts/{key}?sig=onlyTheFakeOneKnows");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var call = await ApiCall.ReadAsync(context, time.GetUtcNow());
        requests.Enqueue(FakeGitHubRequest.Of(context, call, "nobody"));
        var fault = faults.Take(call.Target);
        if (fault?.BeginsAfter is { } begin)
            await AnswerWriter.UntilAsync(begin, stopping.Token);
        if (fault is { IsDropped: true })
            context.Abort();
        else
            await AnswerWriter.WriteAsync(context, Decide(call), fault, stopping.Token);
    }

    private ApiAnswer Decide(ApiCall call)
    {
        if (call.Authorization.Length > 0)
            return Xml(400, "<Error><Code>InvalidAuthenticationInfo</Code></Error>");
        if (call.Path is not ["artifacts", var key] || !addresses.TryGetValue(key, out var found))
            return Xml(404, "<Error><Code>BlobNotFound</Code></Error>");
        return call.Now >= found.Until
            ? Xml(403, "<Error><Code>AuthenticationFailed</Code></Error>")
            : new ApiAnswer(200, found.Bytes) { ContentType = found.Type };
    }

    private static ApiAnswer Xml(int status, string body) =>
        new(status, System.Text.Encoding.UTF8.GetBytes(body)) { ContentType = "application/xml" };
}
