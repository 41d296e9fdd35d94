using System.Net.Http.Headers;
using System.Text;
using TokenLedger.Testing.FunctionsHost.Handlers;

namespace TokenLedger.Testing.FunctionsHost.Invocations;

/// <summary>Posts payloads to the handler and judges its answers.</summary>
internal sealed class InvocationSender(HandlerSupervisor supervisor, HostJournal journal, TimeSpan functionTimeout)
    : IDisposable
{
    private const int AnswerBytesMax = 64 * 1024 * 1024;

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    public async Task<Invocation> PostAsync(
        string function, string payload, InvocationMark mark, int? dequeueCount, CancellationToken cancellationToken)
    {
        var port = await supervisor.ReadyPortAsync(cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(functionTimeout);
        Invocation invocation;
        try
        {
            using var request = Request(port, function, payload, mark);
            using var answer = await http.SendAsync(request, timeout.Token);
            await answer.Content.LoadIntoBufferAsync(AnswerBytesMax, timeout.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(timeout.Token);
            var judgement = AnswerJudge.Judge(answer.StatusCode, answer.Content.Headers.ContentType, body);
            invocation = new(function, judgement, (int)answer.StatusCode, dequeueCount);
        }
        catch (HttpRequestException failure)
        {
            await supervisor.SettleAsync(port, cancellationToken);
            invocation = new(function, Judgement.Failed(failure.Message), null, dequeueCount);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            supervisor.Restart();
            invocation = new(function, Judgement.Failed("the function's time-out"), null, dequeueCount);
        }

        journal.Add(invocation);
        return invocation;
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(int port, string function, string payload, InvocationMark mark)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/{function}")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(payload)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation(HostHeaders.Version, HostHeaders.HostVersion);
        request.Headers.TryAddWithoutValidation(HostHeaders.InvocationId, mark.Id.ToString());
        request.Headers.TryAddWithoutValidation("User-Agent", $"Azure-Functions-Host/{HostHeaders.HostVersion}");
        return request;
    }
}
