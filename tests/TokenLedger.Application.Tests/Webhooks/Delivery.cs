using System.Globalization;
using System.Text;

namespace TokenLedger.Application.Tests.Webhooks;

/// <summary>Bodies of <c>workflow_run</c> deliveries.</summary>
internal static class Delivery
{
    public static byte[] Body(
        string action = "completed",
        long runId = 4711,
        int attempt = 1,
        string path = ".github/workflows/triage.lock.yml",
        string conclusion = "success",
        string repository = "Acme/Web",
        long repositoryId = 77,
        string noise = "x") => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""
            {"action":"{{action}}","workflow_run":{"id":{{runId}},"name":"Triage","head_branch":null,"path":"{{path}}",
            "run_attempt":{{attempt}},"event":"issues","status":"completed","conclusion":"{{conclusion}}",
            "created_at":"2026-11-03T08:59:00Z","run_started_at":"2026-11-03T08:59:00Z",
            "updated_at":"{{noise}}","actor":{"login":"alice"},"triggering_actor":{"login":"bob"},"pull_requests":[]},
            "repository":{"id":{{repositoryId}},"full_name":"{{repository}}",
            "html_url":"https://github.com/{{repository}}" },"installation":{"id":9} }
            """));
}
