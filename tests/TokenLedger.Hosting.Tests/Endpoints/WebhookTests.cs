using System.Text;
using TokenLedger.Application.Messages;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Endpoints;

public sealed class WebhookTests : IAsyncLifetime
{
    private ServedLedger served = null!;

    public async ValueTask InitializeAsync() => served = await ServedLedger.StartedAsync();

    public ValueTask DisposeAsync() => served.DisposeAsync();

    [Fact]
    public async Task A_finished_agent_run_is_queued_and_stands_in_the_ledger_once_it_was_worked_off()
    {
        var answer = await Delivery.OfRun().SendAsync(served);

        Assert.Equal((202, "queued"), (answer.Status, answer.State));
        await served.EmptiedAsync(QueueNames.CollectRun);
        Assert.Equal("Triage", (string)(await served.GetAsync("/api/runs/acme/api/101")).Json["runs"]![0]!["workflowName"]!);
        Assert.Contains("Acme/Api", (await served.CommandAsync("runs")).Out);
    }

    [Fact]
    public async Task A_redelivery_is_a_duplicate()
    {
        await Delivery.OfRun().SendAsync(served);

        var again = await Delivery.OfRun().SendAsync(served);

        Assert.Equal((202, "duplicate"), (again.Status, again.State));
    }

    [Fact]
    public async Task Ping_is_answered()
    {
        var answer = await new Delivery("{\"zen\":\"Keep it.\"}"u8.ToArray()) { Event = "ping" }.SendAsync(served);

        Assert.Equal((202, "ping"), (answer.Status, answer.State));
    }

    [Theory]
    [InlineData("push", "completed", ".github/workflows/triage.lock.yml")]
    [InlineData("workflow_run", "requested", ".github/workflows/triage.lock.yml")]
    [InlineData("workflow_run", "completed", ".github/workflows/ci.yml")]
    public async Task What_the_ledger_does_not_keep_is_ignored_with_a_reason(string name, string action, string path)
    {
        var answer = await (Delivery.OfRun(action: action, path: path) with { Event = name }).SendAsync(served);

        Assert.Equal((202, "ignored"), (answer.Status, answer.State));
        Assert.NotEmpty((string)answer.Json["reason"]!);
        Assert.Equal(404, (await served.GetAsync("/api/runs/acme/api/101")).Status);
    }

    [Fact]
    public async Task During_a_rotation_both_secrets_count_and_after_it_the_old_one_does_not()
    {
        await served.StopAsync();
        served.Secrets = [ServedLedger.OtherSecret, ServedLedger.Secret];
        await served.StartAsync();
        Assert.Equal(202, (await Delivery.OfRun(1).SendAsync(served)).Status);
        Assert.Equal(202, (await (Delivery.OfRun(2) with { Secret = ServedLedger.OtherSecret }).SendAsync(served)).Status);
        await served.StopAsync();
        served.Secrets = [ServedLedger.OtherSecret];
        await served.StartAsync();

        var old = await Delivery.OfRun(3).SendAsync(served);

        Assert.Equal((401, "signature-mismatch"), (old.Status, old.Problem));
        Assert.Equal(202, (await (Delivery.OfRun(4) with { Secret = ServedLedger.OtherSecret }).SendAsync(served)).Status);
    }

    [Theory]
    [InlineData(401, "signature-missing", "X-Hub-Signature-256", null)]
    [InlineData(401, "signature-malformed", "X-Hub-Signature-256", "sha1=0011")]
    [InlineData(401, "signature-malformed", "X-Hub-Signature-256", "sha256=zz")]
    [InlineData(401, "signature-mismatch", "X-Hub-Signature-256",
        "sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(400, "headers", "X-GitHub-Event", null)]
    [InlineData(400, "headers", "X-GitHub-Event", "workflow_run, ping")]
    [InlineData(400, "headers", "X-GitHub-Delivery", null)]
    [InlineData(400, "headers", "X-GitHub-Delivery", "../../etc/passwd")]
    public async Task A_header_that_is_wrong_is_named_and_the_next_delivery_works(
        int status, string problem, string header, string? value)
    {
        var refused = await Delivery.OfRun().SendAsync(served, (header, value));

        Assert.Equal((status, problem), (refused.Status, refused.Problem));
        Assert.Equal("queued", (await Delivery.OfRun().SendAsync(served)).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task A_content_type_that_is_not_JSON_is_refused(string? type)
    {
        var refused = await (Delivery.OfRun() with { ContentType = type }).SendAsync(served);

        Assert.Equal((415, "content-type"), (refused.Status, refused.Problem));
        Assert.Equal("queued", (await Delivery.OfRun().SendAsync(served)).State);
    }

    [Theory]
    [InlineData("{\"action\":\"completed\",\"workflow_run\":{\"id\":1")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("\"workflow_run\"")]
    [InlineData("{\"action\":\"completed\",\"workflow_run\":{\"id\":\"one\"}}")]
    public async Task A_payload_that_cannot_be_read_is_refused(string body)
    {
        var refused = await new Delivery(Encoding.UTF8.GetBytes(body)).SendAsync(served);

        Assert.Equal((400, "payload"), (refused.Status, refused.Problem));
        Assert.Equal("queued", (await Delivery.OfRun().SendAsync(served)).State);
    }

    [Theory]
    [InlineData("GET", "/api/github/webhooks", 405)]
    [InlineData("PUT", "/api/github/webhooks", 405)]
    [InlineData("POST", "/api/health", 405)]
    [InlineData("DELETE", "/api/runs/acme/api/101", 405)]
    [InlineData("POST", "/CollectRun", 404)]
    [InlineData("POST", "/ReconcileDay", 404)]
    [InlineData("POST", "/api/github/webhooks/more", 404)]
    [InlineData("GET", "/favicon.ico", 404)]
    public async Task Other_methods_and_paths_are_problems(string method, string path, int status)
    {
        var answer = await served.SendAsync(new HttpMethod(method), path, static _ => { });

        Assert.Equal((status, status == 404 ? "not-found" : "method"), (answer.Status, answer.Problem));
        Assert.Equal(status == 405, answer.Headers.Contains("Allow: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_webhook()
    {
        await served.StopAsync();
        served.Secrets = [];
        await served.StartAsync();

        var answer = await served.SendAsync(HttpMethod.Post, "/API/github/webhooks", static _ => { });

        Assert.Equal((404, "not-found"), (answer.Status, answer.Problem));
    }
}
