using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TokenLedger.Testing.FunctionsHost.Tap;

/// <summary>One service behind a port of its own that can be closed and opened again.</summary>
internal sealed class TapPort : IAsyncDisposable
{
    // Of one connection, not of the message.
    private static readonly string[] NotPassedOn = ["Connection", "Keep-Alive", "Transfer-Encoding"];

    private static readonly UriCreationOptions Untouched = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string service;
    private readonly Uri target;
    private readonly StorageTap tap;
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    private LoopbackServer? server;

    private TapPort(string service, Uri target, StorageTap tap)
    {
        this.service = service;
        this.target = target;
        this.tap = tap;
    }

    public int Port { get; private set; }

    /// <summary>Of the account, behind the tap.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{Port}{target.AbsolutePath}");

    public static async Task<TapPort> StartAsync(string service, Uri target, StorageTap tap)
    {
        var port = new TapPort(service, target, tap);
        await port.OpenAsync();
        return port;
    }

    public async Task OpenAsync()
    {
        server ??= await LoopbackServer.StartAsync(Port, HandleAsync);
        Port = server.Port;
    }

    public async Task CloseAsync()
    {
        if (server is null)
            return;
        await server.DisposeAsync();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var (call, actions, isBusy) = tap.Note(
            service, context.Request.Method, PathOf(raw), context.Request.QueryString.Value ?? "",
            context.Request.Headers["x-ms-client-request-id"]);
        if (isBusy)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers["x-ms-error-code"] = "ServerBusy";
            return;
        }

        await RunAsync(actions, TapMoment.BeforeForwarding);
        if (await RunAsync(actions, TapMoment.InsteadOfForwarding))
        {
            context.Abort();
            return;
        }

        try
        {
            using var request = Forwarded(context.Request, raw);
            // Not the caller's own cancellation: what was sent reaches the storage also when the caller dies meanwhile.
            using var answer = await http.SendAsync(request, CancellationToken.None);
            await RunAsync(actions, TapMoment.BeforeAnswering);
            await AnswerAsync(context, answer);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException
            or BadHttpRequestException)
        {
            tap.NoteLost(call);
            context.Abort();
        }
    }

    private string PathOf(string raw)
    {
        var query = raw.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? raw : raw[..query];
        return path.StartsWith(target.AbsolutePath, StringComparison.Ordinal) ? path[target.AbsolutePath.Length..] : path;
    }

    private HttpRequestMessage Forwarded(HttpRequest from, string raw)
    {
        // The address is signed as it was written: it must not be tidied up.
        var request = new HttpRequestMessage(
            new(from.Method), new Uri(target.GetLeftPart(UriPartial.Authority) + raw, Untouched))
        {
            Content = HasBody(from) ? new StreamContent(from.Body) : null,
        };
        foreach (var (name, values) in from.Headers)
        {
            if (NotPassedOn.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        return request;
    }

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0;

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!NotPassedOn.Contains(name, StringComparer.OrdinalIgnoreCase))
                context.Response.Headers[name] = values.ToArray();
        }

        if (!HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task<bool> RunAsync(IReadOnlyList<TapAction> actions, TapMoment moment)
    {
        var due = actions.Where(action => action.Moment == moment).ToList();
        foreach (var action in due)
            await action.Run();
        return due.Count > 0;
    }
}
