using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Webhooks;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Webhooks;

public sealed class ReceiveWorkflowRunTests : IAsyncDisposable
{
    private const string FactsPath = "run-logs/github.com/acme/web/4711/1/github/workflow_run.json";

    private static readonly RunIdentity Run = new("github.com", "Acme", "Web", 4711, 1, 77);

    private readonly Workplace place = new();

    private List<CollectRunMessage> CollectMessages => [.. place.Queue.Waiting.OfType<CollectRunMessage>()];

    public ValueTask DisposeAsync() => place.DisposeAsync();

    private Task<WebhookOutcome> ReceiveAsync(byte[] body, string id = "d-1", string name = "workflow_run") =>
        place.ReceiveWorkflowRun.ExecuteAsync(id, name, body, Workplace.Token);

    private void AssertNoTrace()
    {
        Assert.Empty(place.ArchivedFiles);
        Assert.Empty(place.Queue.Waiting);
        Assert.Empty(place.Deliveries.Claimed);
    }

    [Fact]
    public async Task A_finished_agent_run_is_archived_queued_and_claimed()
    {
        Assert.Equal(
            new WebhookOutcome(WebhookOutcomeKind.Queued, null, Run), await ReceiveAsync(Delivery.Body()));
        Assert.Equal([FactsPath], place.ArchivedFiles);
        Assert.Equal([new CollectRunMessage(Run, 9)], place.Queue.Waiting);
        Assert.Equal(place.Clock.Now, place.Deliveries.Claimed["d-1"]);
    }

    [Fact]
    public async Task A_ping_is_answered_as_one()
    {
        Assert.Equal(WebhookOutcomeKind.Ping, (await ReceiveAsync("{\"zen\":\"x\"}"u8.ToArray(), name: "ping")).Kind);
        AssertNoTrace();
    }

    [Theory]
    [InlineData("workflow_job", "completed", ".github/workflows/a.lock.yml")]
    [InlineData("invented", "completed", ".github/workflows/a.lock.yml")]
    [InlineData("", "completed", ".github/workflows/a.lock.yml")]
    [InlineData("workflow_run", "requested", ".github/workflows/a.lock.yml")]
    [InlineData("workflow_run", "in_progress", ".github/workflows/a.lock.yml")]
    [InlineData("workflow_run", "completed", ".github/workflows/ci.yml")]
    [InlineData("workflow_run", "completed", "dynamic/pages/pages-build-deployment")]
    [InlineData("workflow_run", "completed", "")]
    public async Task What_is_no_finished_agent_run_leaves_no_trace(string name, string action, string path)
    {
        Assert.Equal(
            WebhookOutcomeKind.Ignored, (await ReceiveAsync(Delivery.Body(action, path: path), name: name)).Kind);
        AssertNoTrace();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"action\":\"completed\"}")]
    public async Task A_body_that_is_none_of_GitHubs_leaves_no_trace(string body)
    {
        var outcome = await ReceiveAsync(Encoding.UTF8.GetBytes(body));
        Assert.Equal(WebhookOutcomeKind.Malformed, outcome.Kind);
        Assert.NotNull(outcome.Detail);
        AssertNoTrace();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_delivery_without_an_id_is_refused(string id)
    {
        Assert.Equal(WebhookOutcomeKind.Malformed, (await ReceiveAsync(Delivery.Body(), id)).Kind);
        Assert.Equal(WebhookOutcomeKind.Malformed, (await ReceiveAsync(Delivery.Body(), new string('x', 201))).Kind);
        AssertNoTrace();
    }

    [Fact]
    public async Task An_included_workflow_counts()
    {
        place.Configuration = new LedgerConfiguration { WorkflowsInclude = [".github/workflows/agent-*.yml"] };
        var body = Delivery.Body(path: ".github/workflows/agent-nightly.yml@refs/heads/main");
        Assert.Equal(WebhookOutcomeKind.Queued, (await ReceiveAsync(body)).Kind);
    }

    [Fact]
    public async Task A_run_that_the_ledger_knows_counts_whatever_its_workflow()
    {
        await place.AddRunAsync(Run, 1_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        Assert.Equal(
            WebhookOutcomeKind.Queued, (await ReceiveAsync(Delivery.Body(path: ".github/workflows/ci.yml"))).Kind);
    }

    [Theory]
    [InlineData("failure")]
    [InlineData("cancelled")]
    [InlineData("timed_out")]
    [InlineData("startup_failure")]
    public async Task Every_conclusion_and_every_attempt_counts(string conclusion)
    {
        await ReceiveAsync(Delivery.Body(conclusion: conclusion), "d-1");
        await ReceiveAsync(Delivery.Body(attempt: 2), "d-2");
        await place.CollectRun.ExecuteAsync(CollectMessages[0], Workplace.Token);
        var attempts = await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token);
        Assert.Equal([conclusion, "success"], attempts.Select(attempt => attempt.Facts.Conclusion));
        Assert.All(attempts, attempt => Assert.False(attempt.HasTelemetry));
        Assert.All(attempts, attempt => Assert.Equal("Acme/Web", attempt.Facts.Repository));
    }

    [Fact]
    public async Task A_redelivery_does_nothing_and_a_replay_under_another_id_changes_no_file()
    {
        await ReceiveAsync(Delivery.Body());
        Assert.Equal(WebhookOutcomeKind.Duplicate, (await ReceiveAsync(Delivery.Body())).Kind);
        Assert.Single(place.Queue.Waiting);
        Assert.Equal(WebhookOutcomeKind.Queued, (await ReceiveAsync(Delivery.Body(noise: "later"), "d-2")).Kind);
        Assert.Equal([FactsPath], place.ArchivedFiles);
        Assert.Single(place.Queue.Waiting.Distinct());
    }

    [Fact]
    public async Task Five_events_of_one_run_are_one_run()
    {
        await ReceiveAsync(Delivery.Body("requested"), "d-1");
        await ReceiveAsync(Delivery.Body("in_progress"), "d-2");
        await ReceiveAsync(Delivery.Body(noise: "a"), "d-3");
        await ReceiveAsync(Delivery.Body(noise: "b"), "d-4");
        await ReceiveAsync(Delivery.Body(noise: "c"), "d-5");
        Assert.Equal([FactsPath], place.ArchivedFiles);
        Assert.Equal(3, CollectMessages.Count);
        foreach (var message in CollectMessages)
            await place.CollectRun.ExecuteAsync(message, Workplace.Token);
        Assert.Equal(1, place.Store.RunWrites);
    }

    [Fact]
    public async Task A_run_stays_under_the_name_that_its_repository_had()
    {
        await ReceiveAsync(Delivery.Body());
        await place.CollectRun.ExecuteAsync(CollectMessages[0], Workplace.Token);
        var renamed = await ReceiveAsync(Delivery.Body(attempt: 2, repository: "Acme/Shop"), "d-2");
        Assert.Equal(Run with { Attempt = 2 }, renamed.Run);
        await place.CollectRun.ExecuteAsync(CollectMessages[1], Workplace.Token);
        var attempts = await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token);
        Assert.Equal(["Acme/Web", "Acme/Web"], attempts.Select(attempt => attempt.Facts.Repository));
    }

    [Fact]
    public async Task A_first_attempt_that_is_known_under_an_earlier_name_keeps_the_name_and_gets_its_facts()
    {
        await place.AddRunAsync(Run, 1_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        var renamed = await ReceiveAsync(Delivery.Body(repository: "Acme/Shop"));
        Assert.Equal("Acme/Shop", renamed.Run!.Repository);
        await place.CollectRun.ExecuteAsync(CollectMessages[0], Workplace.Token);
        await place.CollectRun.ExecuteAsync(CollectMessages[0], Workplace.Token);
        var attempt = Assert.Single(await place.Store.ReadRunAsync("github.com", 4711, Workplace.Token));
        Assert.Equal(("Acme/Web", "success"), (attempt.Facts.Repository, attempt.Facts.Conclusion));
        Assert.True(attempt.HasTelemetry);
        Assert.Equal(2, place.Store.RunWrites);
    }

    [Fact]
    public async Task A_first_attempt_of_a_run_id_of_another_repository_is_told_by_whoever_folds_it()
    {
        await place.AddRunAsync(Run, 1_000);
        await place.UpdateRun.ExecuteAsync(Run, Workplace.Token);
        var other = await ReceiveAsync(Delivery.Body(repository: "evil/web", repositoryId: 78));
        Assert.Equal(WebhookOutcomeKind.Queued, other.Kind);
        await Assert.ThrowsAsync<RunConflictException>(
            () => place.CollectRun.ExecuteAsync(CollectMessages[0], Workplace.Token));
        Assert.Equal(1, place.Store.RunWrites);
    }

    [Fact]
    public async Task A_run_id_of_another_repository_is_not_taken()
    {
        await ReceiveAsync(Delivery.Body());
        await place.CollectRun.ExecuteAsync(CollectMessages[0], Workplace.Token);
        var other = await ReceiveAsync(Delivery.Body(attempt: 2, repository: "evil/web", repositoryId: 78), "d-2");
        Assert.Equal(WebhookOutcomeKind.Ignored, other.Kind);
        Assert.Equal([FactsPath], place.ArchivedFiles);
        Assert.Single(CollectMessages);
        Assert.False(place.Deliveries.Claimed.ContainsKey("d-2"));
    }

    [Fact]
    public async Task Killed_before_any_call_and_delivered_again_it_ends_the_same()
    {
        await ReceiveAsync(Delivery.Body());
        var calls = place.Kill.Calls;
        Assert.Equal(3, calls);
        for (var call = 0; call < calls; call++)
        {
            await using var killed = new Workplace();
            killed.Kill.Arm(call);
            await Assert.ThrowsAsync<ProcessKilledException>(() =>
                killed.ReceiveWorkflowRun.ExecuteAsync("d-1", "workflow_run", Delivery.Body(), Workplace.Token));
            Assert.Empty(killed.Deliveries.Claimed);
            killed.Kill.Arm(null);
            var again = await killed.ReceiveWorkflowRun.ExecuteAsync(
                "d-1", "workflow_run", Delivery.Body(), Workplace.Token);
            Assert.Equal(WebhookOutcomeKind.Queued, again.Kind);
            Assert.Equal(place.ArchivedFiles, killed.ArchivedFiles);
            Assert.Equal(place.Queue.Waiting, killed.Queue.Waiting.Distinct());
            Assert.Equal(place.Deliveries.Claimed, killed.Deliveries.Claimed);
        }
    }
}
