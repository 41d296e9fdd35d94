using System.Globalization;
using System.Text.Json;

namespace TokenLedger.Benchmarks.Webhooks;

/// <summary>
/// A <c>workflow_run</c> body with the members, in the order, that GitHub documents (read 2026-11): most of it is the
/// repository, three times, with an address for everything.
/// </summary>
internal static class SyntheticWorkflowRun
{
    private const string Api = "https://api.github.com/repos/acme-corporation/webshop-frontend";
    private const string Web = "https://github.com/acme-corporation/webshop-frontend";

    private static readonly string[] RepositoryAddresses =
    [
        "forks", "keys{/key_id}", "collaborators{/collaborator}", "teams", "hooks", "issues/events{/number}", "events",
        "assignees{/user}", "branches{/branch}", "tags", "git/blobs{/sha}", "git/tags{/sha}", "git/refs{/sha}",
        "git/trees{/sha}", "statuses/{sha}", "languages", "stargazers", "contributors", "subscribers", "subscription",
        "commits{/sha}", "git/commits{/sha}", "comments{/number}", "issues/comments{/number}", "contents/{+path}",
        "compare/{base}...{head}", "merges", "{archive_format}{/ref}", "downloads", "issues{/number}",
        "pulls{/number}", "milestones{/number}", "notifications{?since,all,participating}", "labels{/name}",
        "releases{/id}", "deployments",
    ];

    private static readonly string[] UserAddresses =
    [
        "followers", "following{/other_user}", "gists{/gist_id}", "starred{/owner}{/repo}", "subscriptions", "orgs",
        "repos", "events{/privacy}", "received_events",
    ];

    public static byte[] Body(long runId, string action = "completed")
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("action", action);
            writer.WritePropertyName("workflow_run");
            WriteRun(writer, runId);
            writer.WriteStartObject("workflow");
            Text(writer, ("name", "Issue triage agent"), ("path", ".github/workflows/issue-triage.lock.yml"),
                ("state", "active"), ("url", Api + "/actions/workflows/98123456"),
                ("badge_url", Web + "/workflows/Issue%20triage%20agent/badge.svg"));
            writer.WriteEndObject();
            writer.WritePropertyName("repository");
            WriteRepository(writer);
            writer.WritePropertyName("organization");
            WriteUser(writer, "acme-corporation");
            writer.WritePropertyName("sender");
            WriteUser(writer, "hubot");
            writer.WriteStartObject("installation");
            writer.WriteNumber("id", 51234567);
            writer.WriteString("node_id", "MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uNTEyMzQ1Njc=");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteRun(Utf8JsonWriter writer, long runId)
    {
        var run = string.Create(CultureInfo.InvariantCulture, $"{Api}/actions/runs/{runId}");
        writer.WriteStartObject();
        writer.WriteNumber("id", runId);
        Text(writer, ("name", "Issue triage agent"), ("node_id", "WFR_kwLOEeI1XM8AAAAEg2v0yQ"),
            ("head_branch", "main"), ("head_sha", "3484a3fb816e0859fd6e1cea078d76385ff50625"),
            ("path", ".github/workflows/issue-triage.lock.yml"), ("display_title", "Zahlung schlägt fehl, sagt \"Ümit\""));
        writer.WriteNumber("run_number", 163);
        Text(writer, ("event", "issues"), ("status", "completed"), ("conclusion", "success"));
        writer.WriteNumber("workflow_id", 98123456);
        writer.WriteNumber("check_suite_id", 31459265358);
        writer.WriteString("check_suite_node_id", "CS_kwDOEeI1XM8AAAAHUyO-Tg");
        Text(writer, ("url", run), ("html_url", Web + run[Api.Length..]));
        writer.WriteStartArray("pull_requests");
        writer.WriteEndArray();
        Text(writer, ("created_at", "2026-11-18T23:51:02Z"), ("updated_at", "2026-11-19T00:06:11Z"));
        writer.WritePropertyName("actor");
        WriteUser(writer, "octocat");
        writer.WriteNumber("run_attempt", 2);
        writer.WriteStartArray("referenced_workflows");
        writer.WriteEndArray();
        writer.WriteString("run_started_at", "2026-11-18T23:58:40Z");
        writer.WritePropertyName("triggering_actor");
        WriteUser(writer, "hubot");
        foreach (var address in (string[])["jobs", "logs", "artifacts", "cancel", "rerun"])
            writer.WriteString(address + "_url", run + "/" + address);
        Text(writer, ("check_suite_url", Api + "/check-suites/31459265358"), ("previous_attempt_url", run + "/attempts/1"),
            ("workflow_url", Api + "/actions/workflows/98123456"));
        writer.WriteStartObject("head_commit");
        Text(writer, ("id", "3484a3fb816e0859fd6e1cea078d76385ff50625"),
            ("tree_id", "7a1f0a4e6c3d5b2f8e9d0c1b2a3948576f6e5d4c"), ("message", "Fix the cart\n\nCo-authored-by: Mona"),
            ("timestamp", "2026-11-18T22:10:45Z"));
        writer.WriteEndObject();
        writer.WritePropertyName("repository");
        WriteRepository(writer);
        writer.WritePropertyName("head_repository");
        WriteRepository(writer);
        writer.WriteEndObject();
    }

    private static void WriteRepository(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", 300029405);
        Text(writer, ("node_id", "MDEwOlJlcG9zaXRvcnkzMDAwMjk0MDU="), ("name", "webshop-frontend"),
            ("full_name", "acme-corporation/webshop-frontend"));
        writer.WriteBoolean("private", true);
        writer.WritePropertyName("owner");
        WriteUser(writer, "acme-corporation");
        Text(writer, ("html_url", Web), ("description", "The shop that everybody sees"));
        writer.WriteBoolean("fork", false);
        writer.WriteString("url", Api);
        foreach (var address in RepositoryAddresses)
            writer.WriteString(address.Split('{', '/')[0] + "_url", Api + "/" + address);
        writer.WriteEndObject();
    }

    private static void WriteUser(Utf8JsonWriter writer, string login)
    {
        var address = "https://api.github.com/users/" + login;
        writer.WriteStartObject();
        writer.WriteString("login", login);
        writer.WriteNumber("id", 41548062);
        Text(writer, ("node_id", "MDEyOk9yZ2FuaXphdGlvbjQxNTQ4MDYy"),
            ("avatar_url", "https://avatars.githubusercontent.com/u/41548062?v=4"), ("gravatar_id", ""), ("url", address),
            ("html_url", "https://github.com/" + login));
        foreach (var end in UserAddresses)
            writer.WriteString(end.Split('{')[0] + "_url", address + "/" + end);
        writer.WriteString("type", "Organization");
        writer.WriteBoolean("site_admin", false);
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, params ReadOnlySpan<(string Name, string Value)> members)
    {
        foreach (var (name, value) in members)
            writer.WriteString(name, value);
    }
}
