using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.FunctionsHost;
using TokenLedger.Testing.GitHub.Serving;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Testing.OpenAI;

/// <summary>OpenAI's administration API on a free port of this machine: an organisation's costs as a test sets it.
/// </summary>
public sealed class FakeOpenAI : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeOpenAIRequest> requests = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly FaultBook faults = new();
    private LoopbackServer? server;

    private FakeOpenAI()
    {
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The only admin key that it knows.</summary>
    public string Key { get; } = "sk-admin-onlyTheFakeOneKnowsThis0123456789";

    /// <summary>A key of a project that it knows, and shows no bill to.</summary>
    public string ProjectKey { get; } = "sk-proj-aProjectOfTheFakeOne0123456789";

    /// <summary>What it bills.</summary>
    public List<FakeOpenAICost> Costs { get; } = [];

    /// <summary>What it counts.</summary>
    public List<FakeCompletions> Completions { get; } = [];

    /// <summary>After how many rows a page ends.</summary>
    public int RowsPerPage { get; set; } = int.MaxValue;

    /// <summary>Whether a day of nothing has a bucket.</summary>
    public bool HasEmptyBuckets { get; set; } = true;

    /// <summary>Whether what is null is left out.</summary>
    public bool OmitsNulls { get; set; }

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<FakeOpenAIRequest> Requests => [.. requests];

    /// <summary>Starts it.</summary>
    public static async Task<FakeOpenAI> StartAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var started = new FakeOpenAI();
        started.server = await LoopbackServer.StartAsync(0, started.AnswerAsync);
        started.Url = new UriBuilder("http", "127.0.0.1", started.server.Port).Uri;
        return started;
    }

    /// <summary>Makes requests go wrong, the first fault that fits; nothing for none.</summary>
    public void Misbehave(params ProviderFault[] next) => faults.Order(next);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
        // Ends stalled answers.
        await stopping.CancelAsync();
        if (server is not null)
            await server.DisposeAsync();
        stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var target = $"{context.Request.Path}{context.Request.QueryString}";
        requests.Enqueue(new FakeOpenAIRequest(
            target,
            context.Request.Headers
                .Where(header => !header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(
                    header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        var fault = faults.Take(target);
        if (fault is { IsDropped: true })
        {
            context.Abort();
            return;
        }

        var answer = fault?.Body is not null ? new ApiAnswer(200, default) : Decide(context.Request);
        await AnswerWriter.WriteAsync(context, answer, fault, stopping.Token);
    }

    private ApiAnswer Decide(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization == $"Bearer {ProjectKey}")
            return ReportRoom.Error(403, "You have insufficient permissions for this operation.");
        if (authorization != $"Bearer {Key}")
            return ReportRoom.Error(401, "Incorrect API key provided.");
        return request.Path.Value switch
        {
            "/v1/organization/costs" => new ReportRoom(
                ["line_item", "project_id", "api_key_id"], 180,
                groups => Costs.Select(cost => (cost.Day, cost.ToJson(groups, OmitsNulls))),
                RowsPerPage, HasEmptyBuckets).Answer(request.Query),
            "/v1/organization/usage/completions" => new ReportRoom(
                ["project_id", "user_id", "api_key_id", "model", "batch", "service_tier"], 31,
                groups => Completions.Select(row => (row.Day, row.ToJson(groups))),
                RowsPerPage, HasEmptyBuckets).Answer(request.Query),
            _ => ReportRoom.Error(404, "Invalid URL"),
        };
    }
}
