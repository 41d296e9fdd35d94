using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Functions.Tests.EndToEnd;

/// <summary>A delivery as GitHub sends it.</summary>
internal sealed record WorkflowRunDelivery(long RunId, int Attempt, DateTimeOffset StartedAt, string DeliveryId)
{
    public string Repository { get; init; } = "Acme/WebShop";

    public string Conclusion { get; init; } = "success";

    public string Action { get; init; } = "completed";

    public HttpRequestMessage Signed(string secret)
    {
        var body = Encoding.UTF8.GetBytes(Json());
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        var request = new HttpRequestMessage(HttpMethod.Post, "http://functions.example/api/github/webhooks")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Event", "workflow_run");
        request.Headers.Add("X-GitHub-Delivery", DeliveryId);
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + signature);
        return request;
    }

    private string Json()
    {
        var started = StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var owner = Repository.Split('/')[0];
        return $$$"""
            {"action":"{{{Action}}}","workflow_run":{"id":{{{RunId}}},"name":"Issue triage","head_branch":"main",
            "path":".github/workflows/issue-triage.lock.yml","run_number":163,"run_attempt":{{{Attempt}}},
            "event":"issues","status":"completed","conclusion":"{{{Conclusion}}}","workflow_id":98123456,
            "created_at":"{{{started}}}","run_started_at":"{{{started}}}","updated_at":"{{{started}}}",
            "actor":{"login":"octocat","id":583231},"triggering_actor":{"login":"hubot","id":1779},"pull_requests":[]},
            "repository":{"id":300029405,"full_name":"{{{Repository}}}","private":true,
            "html_url":"https://github.com/{{{Repository}}}","owner":{"login":"{{{owner}}}","id":41548062}},
            "sender":{"login":"hubot","id":1779},"installation":{"id":51234567,"node_id":"MDIz"}}
            """;
    }
}
