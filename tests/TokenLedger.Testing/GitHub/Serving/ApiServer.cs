using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.FunctionsHost;
using TokenLedger.Testing.GitHub.Limits;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Testing.GitHub.Serving;

/// <summary>The API over HTTP: it notes a request, lets faults and limits have their way and asks the rooms.</summary>
internal sealed class ApiServer(
    TimeProvider time, Authenticator authenticator, FakeLimits limits, IReadOnlyList<IRoom> rooms) : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeGitHubRequest> requests = new();
    private readonly CancellationTokenSource stopping = new();
    private LoopbackServer? server;

    public FaultBook Faults { get; } = new();

    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    public IReadOnlyList<FakeGitHubRequest> Requests => [.. requests];

    public async Task StartAsync()
    {
        server = await LoopbackServer.StartAsync(0, AnswerAsync);
        Url = new UriBuilder("http", "127.0.0.1", server.Port).Uri;
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
        // Ends stalled answers.
        await stopping.CancelAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var visit = limits.Enter();
        var call = await ApiCall.ReadAsync(context, time.GetUtcNow());
        var (caller, refusal) = authenticator.Check(call);
        requests.Enqueue(FakeGitHubRequest.Of(context, call, caller?.Name ?? "nobody"));
        var fault = Faults.Take(call.Target);
        if (fault?.BeginsAfter is { } begin)
            await AnswerWriter.UntilAsync(begin, stopping.Token);
        if (fault is { IsDropped: true })
        {
            context.Abort();
            return;
        }

        var answer = fault?.Body is not null
            ? new ApiAnswer(200, default)
            : Decide(call with { Caller = caller }, refusal, visit);
        // Before the last byte: whoever reads it may ask again at once.
        visit.Dispose();
        await AnswerWriter.WriteAsync(context, answer, fault, stopping.Token);
    }

    private ApiAnswer Decide(ApiCall call, ApiAnswer? refusal, FakeLimits.Visit visit)
    {
        if (refusal is not null)
            return refusal;
        var budget = call.Caller is { } caller && call.Path is not ["rate_limit"]
            ? limits.BudgetOf(caller.Name)
            : null;
        var answer = limits.Refuse(call, budget, visit)
            ?? rooms.Select(room => room.Answer(call)).FirstOrDefault(answer => answer is not null)
            ?? (call.Caller is null ? ApiAnswer.Error(401, "Requires authentication") : ApiAnswer.NotFound);
        budget?.Describe(answer);
        if (call.Caller?.Scopes is { } scopes)
            answer.With("X-OAuth-Scopes", string.Join(", ", scopes));
        return answer;
    }
}
