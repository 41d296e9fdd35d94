using System.Net;
using System.Net.Sockets;
using TokenLedger.Testing.FunctionsHost.Handlers;
using TokenLedger.Testing.FunctionsHost.Invocations;
using TokenLedger.Testing.FunctionsHost.Packages;

namespace TokenLedger.Testing.FunctionsHost;

/// <summary>What the world reaches: the routes of the function.json files and nothing else, proxied as raw streams.</summary>
internal sealed class FrontDoor(
    FunctionsPackage package, FunctionsHostOptions options, HandlerSupervisor supervisor, HostJournal journal)
    : IDisposable
{
    private const int TriesMax = 10;
    private const int PauseMinMs = 50;
    private const int PauseMaxMs = 250;

    // Of the host's own environment, not of the caller's message.
    private static readonly string[] NotPassedOn =
        ["Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", HostHeaders.Version, HostHeaders.InvocationId];

    private static readonly UriCreationOptions Untouched = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private static readonly TimeSpan ActivityMax = TimeSpan.FromSeconds(240);

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    });

    /// <param name="request">With a relative address, or an absolute one whose host does not matter.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = TargetOf(request);
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        var function = package.Functions.OfType<HttpFunction>().FirstOrDefault(candidate =>
            candidate.Methods?.Contains(request.Method.Method, StringComparer.OrdinalIgnoreCase) != false
            && candidate.Route.IsMatch(path));
        if (function is null)
            return new(HttpStatusCode.NotFound);
        if (function.NeedsKey && !HasKey(request, query < 0 ? "" : target[(query + 1)..]))
            return new(HttpStatusCode.Unauthorized);
        return await ForwardAsync(function, request, target, cancellationToken);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> ForwardAsync(
        HttpFunction function, HttpRequestMessage request, string target, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ActivityMax, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var mark = InvocationMark.Next(options.Time);
        var port = 0;
        try
        {
            var body = request.Content is null ? null : await request.Content.ReadAsStreamAsync(either.Token);
            // One port for all tries: a handler that is started meanwhile has another and gets the next request.
            port = await PortAsync(either.Token);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var forwarded = Forwarded(request, body, new($"http://127.0.0.1:{port}{target}", Untouched), mark);
                    var answer = await http.SendAsync(forwarded, either.Token);
                    // Whatever its status: only a lost connection is a failure here.
                    journal.Add(new Invocation(
                        function.Name, new(Verdict.Succeeded, null, []), (int)answer.StatusCode, null));
                    return answer;
                }
                catch (HttpRequestException failure) when (IsRefused(failure) && attempt < TriesMax)
                {
                    var pause = Math.Min(PauseMinMs << (attempt - 1), PauseMaxMs);
                    await Task.Delay(TimeSpan.FromMilliseconds(pause), options.Time, either.Token);
                }
            }
        }
        catch (HttpRequestException failure)
        {
            await supervisor.SettleAsync(port, cancellationToken);
            return Failed(function, failure.Message, HttpStatusCode.BadGateway);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(function, "no answer in 240 seconds", HttpStatusCode.GatewayTimeout);
        }
    }

    // An app without a handler still has a front door; its port refuses.
    private async Task<int> PortAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await supervisor.ReadyPortAsync(cancellationToken);
        }
        catch (HandlerUnavailableException)
        {
            return FreePort.Next();
        }
    }

    private HttpResponseMessage Failed(HttpFunction function, string reason, HttpStatusCode status)
    {
        journal.Add(new Invocation(function.Name, Judgement.Failed(reason), null, null));
        return new(status);
    }

    private bool HasKey(HttpRequestMessage request, string query)
    {
        if (request.Headers.TryGetValues("x-functions-key", out var keys))
            return keys.Contains(options.FunctionKey, StringComparer.Ordinal);
        return query.Split('&').Any(part => string.Equals(
            Uri.UnescapeDataString(part), "code=" + options.FunctionKey, StringComparison.Ordinal));
    }

    private static string TargetOf(HttpRequestMessage request)
    {
        var address = request.RequestUri ?? new("/", UriKind.Relative);
        var target = address.IsAbsoluteUri && !address.OriginalString.StartsWith('/')
            ? address.PathAndQuery
            : address.OriginalString;
        return target.StartsWith('/') ? target : "/" + target;
    }

    private static bool IsRefused(HttpRequestException failure) =>
        failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };

    private static HttpRequestMessage Forwarded(
        HttpRequestMessage request, Stream? body, Uri address, InvocationMark mark)
    {
        var forwarded = new HttpRequestMessage(request.Method, address);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (!NotPassedOn.Contains(name, StringComparer.OrdinalIgnoreCase))
                forwarded.Headers.TryAddWithoutValidation(name, values);
        }

        forwarded.Headers.TryAddWithoutValidation(HostHeaders.Version, HostHeaders.HostVersion);
        forwarded.Headers.TryAddWithoutValidation(HostHeaders.InvocationId, mark.Id.ToString());
        forwarded.Headers.TryAddWithoutValidation(HostHeaders.ProxiedInvocationId, mark.Id.ToString());
        if (body is null)
            return forwarded;
        forwarded.Content = new StreamContent(body);
        foreach (var (name, values) in request.Content!.Headers.NonValidated)
            forwarded.Content.Headers.TryAddWithoutValidation(name, values);
        if (request.Headers.TransferEncodingChunked != true)
            forwarded.Content.Headers.ContentLength = request.Content.Headers.ContentLength;
        else
            forwarded.Headers.TransferEncodingChunked = true;
        return forwarded;
    }
}
