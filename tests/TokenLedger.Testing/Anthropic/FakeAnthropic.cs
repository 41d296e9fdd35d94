using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TokenLedger.Testing.FunctionsHost;
using TokenLedger.Testing.GitHub.Serving;
using TokenLedger.Testing.Serving;

namespace TokenLedger.Testing.Anthropic;

/// <summary>Anthropic's Admin API on a free port of this machine: an organisation's bill as a test sets it.</summary>
public sealed class FakeAnthropic : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeAnthropicRequest> requests = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly FaultBook faults = new();
    private LoopbackServer? server;

    private FakeAnthropic()
    {
    }

    /// <summary>Its address.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The only key that it knows.</summary>
    public string Key { get; } = "sk-ant-admin01-onlyTheFakeOneKnowsThis0123456789";

    /// <summary>What it bills.</summary>
    public List<FakeCost> Costs { get; } = [];

    /// <summary>What it counts.</summary>
    public List<FakeTokenCount> Counts { get; } = [];

    /// <summary>What it says of persons.</summary>
    public List<FakePersonUse> Persons { get; } = [];

    /// <summary>After how many rows a page ends.</summary>
    public int RowsPerPage { get; set; } = int.MaxValue;

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<FakeAnthropicRequest> Requests => [.. requests];

    /// <summary>Starts it.</summary>
    public static async Task<FakeAnthropic> StartAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var started = new FakeAnthropic();
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
        requests.Enqueue(new FakeAnthropicRequest(
            target,
            context.Request.Headers
                .Where(header => !header.Key.Equals("x-api-key", StringComparison.OrdinalIgnoreCase))
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
        if (request.Headers["anthropic-version"] != "2023-06-01")
            return ReportRoom.Error(400, "invalid_request_error", "anthropic-version: header is required");
        if (request.Headers["x-api-key"] != Key)
            return ReportRoom.Error(401, "authentication_error", "invalid x-api-key");
        return request.Path.Value switch
        {
            "/v1/organizations/cost_report" => new ReportRoom(
                ["workspace_id", "description"], Costs.Select(cost => (cost.Day, cost.ToJson())), RowsPerPage)
                .Answer(request.Query),
            "/v1/organizations/usage_report/messages" => new ReportRoom(
                ["workspace_id", "api_key_id", "model", "service_tier", "context_window", "inference_geo"],
                Counts.Select(count => (count.Day, count.ToJson())), RowsPerPage)
                .Answer(request.Query),
            "/v1/organizations/usage_report/claude_code" => PersonsOf(request.Query),
            _ => ReportRoom.Error(404, "not_found_error", "Not found"),
        };
    }

    private ApiAnswer PersonsOf(IQueryCollection query)
    {
        if (!DateOnly.TryParseExact(query["starting_at"], "yyyy-MM-dd", out var day)
            || !int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > 1_000)
            return ReportRoom.Error(400, "invalid_request_error", "parameters: invalid");
        var page = ReportPage.Of(
            query, Persons.Select(person => (person.Day, person.ToJson())), day, day.AddDays(1), RowsPerPage);
        return page is null ? ReportRoom.Error(400, "invalid_request_error", "page: invalid")
            : ApiAnswer.Of(new JsonObject
            {
                ["data"] = page.ResultsOf(day),
                ["has_more"] = page.Next is not null,
                ["next_page"] = page.Next,
            });
    }
}
