using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Evidence;

/// <summary>A delivery of the GitHub App, as GitHub sends it.</summary>
internal sealed record Delivery(byte[] Body)
{
    public string Event { get; init; } = "workflow_run";

    public string Id { get; init; } = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    public string Secret { get; init; } = ServedLedger.Secret;

    public string? ContentType { get; init; } = "application/json";

    public string? TraceParent { get; init; }

    public static Delivery OfRun(
        long runId = 101, string action = "completed", string path = ".github/workflows/triage.lock.yml",
        string name = "Triage") => new(Encoding.UTF8.GetBytes(new JsonObject
        {
            ["action"] = action,
            ["workflow_run"] = new JsonObject
            {
                ["id"] = runId,
                ["name"] = name,
                ["path"] = path,
                ["run_attempt"] = 1,
                ["event"] = "issues",
                ["status"] = "completed",
                ["conclusion"] = "success",
                ["created_at"] = "2026-10-01T09:59:00Z",
                ["run_started_at"] = "2026-10-01T09:59:00Z",
                ["actor"] = new JsonObject { ["login"] = "alice" },
                ["pull_requests"] = new JsonArray(),
            },
            ["repository"] = new JsonObject
            {
                ["id"] = 77, ["full_name"] = "Acme/Api", ["html_url"] = "https://github.com/Acme/Api",
            },
            ["installation"] = new JsonObject { ["id"] = 9 },
        }.ToJsonString()))
        {
            Id = $"run-{runId}-{action}",
        };

    public string Signature => "sha256=" + Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Body));

    public Task<Answer> SendAsync(ServedLedger served, params (string Name, string? Value)[] instead) =>
        served.SendAsync(HttpMethod.Post, "/api/github/webhooks", request =>
        {
            request.Content = new ByteArrayContent(Body);
            request.Content.Headers.ContentType =
                ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
            var headers = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["X-GitHub-Event"] = Event,
                ["X-GitHub-Delivery"] = Id,
                ["X-Hub-Signature-256"] = Signature,
                ["traceparent"] = TraceParent,
            };
            foreach (var (name, value) in instead)
                headers[name] = value;
            foreach (var (name, value) in headers.Where(header => header.Value is not null))
                request.Headers.TryAddWithoutValidation(name, value);
        });

    /// <summary>The head of the request, for those who write it by hand.</summary>
    public string Head(string rest) =>
        "POST /api/github/webhooks HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + $"Content-Type: {ContentType}\r\nX-GitHub-Event: {Event}\r\nX-GitHub-Delivery: {Id}\r\n"
        + $"X-Hub-Signature-256: {Signature}\r\n{rest}\r\n";
}
