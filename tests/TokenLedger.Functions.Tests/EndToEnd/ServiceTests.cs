using System.Net;
using System.Text.Json;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Messages;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Testing.FunctionsHost.Invocations;

namespace TokenLedger.Functions.Tests.EndToEnd;

/// <summary>The deployed handler from a signed webhook to reconciled rows.</summary>
public sealed class ServiceTests(ITestOutputHelper output)
{
    // Three days ago: its bill is due whatever the hour, and every price of its models is in force.
    private static readonly DateTimeOffset At =
        new(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-3).AddHours(10), TimeSpan.Zero);

    private static readonly DateOnly Day = DateOnly.FromDateTime(At.UtcDateTime);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_webhook_an_uploaded_artifact_and_a_polled_bill_become_reconciled_rows()
    {
        await using var deployment = await Deployment.StartAsync(Token);
        deployment.GitHub.SetBill(
            "organizations/acme", Day, ("Claude Sonnet 5", 3.3m), ("GPT-5.4 mini", 2m), ("Claude Haiku 4.5", 0.55m));

        using (var answer = await deployment.DeliverAsync(new(7001, 1, At, "d-1"), Token))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await deployment.SettleAsync(Token);
        Assert.Equal(0, Runs(await deployment.GetAsync("/api/runs/acme/webshop/7001", Token))[0].GetProperty("models").GetArrayLength());

        await deployment.UploadAsync(7001, 1, "agent.zip", ArtifactZip.Of(7001, At), Token);
        await deployment.SettleAsync(Token);
        var estimated = Runs(await deployment.GetAsync("/api/runs/acme/webshop/7001", Token))[0];
        Assert.Equal(JsonValueKind.Null, estimated.GetProperty("billedAiCredits").ValueKind);
        Assert.True(estimated.GetProperty("estimatedAiCredits").GetDecimal() > 3);

        var poll = await deployment.Host.FireTimerAsync("PollBilling", Token);
        Assert.True(poll.Judgement.Verdict == Verdict.Succeeded, poll.ToString());
        await deployment.SettleAsync(Token);

        var run = Runs(await deployment.GetAsync("/api/runs/Acme/WebShop/7001", Token))[0];
        output.WriteLine(run.ToString());
        Assert.Equal("Acme/WebShop", run.GetProperty("repository").GetString());
        Assert.Equal(3, run.GetProperty("models").GetArrayLength());
        Assert.All(run.GetProperty("models").EnumerateArray(), model =>
            Assert.NotEqual(0, model.GetProperty("shares").GetArrayLength()));
        await VerifyAsync(deployment, billed: 5.85m, run.GetProperty("billedAiCredits").GetDecimal());
        Assert.Empty(deployment.Host.Journal.ExitCodes);
    }

    [Fact]
    public async Task A_run_of_three_models_takes_few_storage_calls()
    {
        await using var deployment = await Deployment.StartAsync(Token);
        // The first run finds nothing remembered and nobody's day.
        await deployment.DeliverAsync(new(7001, 1, At, "d-1"), Token);
        await deployment.UploadAsync(7001, 1, "agent.zip", ArtifactZip.Of(7001, At), Token);
        await deployment.SettleAsync(Token);
        deployment.Tap.Mark();

        await deployment.DeliverAsync(new(7002, 1, At, "d-2"), Token);
        await deployment.UploadAsync(7002, 1, "agent.zip", ArtifactZip.Of(7002, At), Token);
        await deployment.SettleAsync(Token);

        // Once a minute every function notes that it works: no call of a run's, and none that a slow machine may add.
        var calls = deployment.Tap.Calls
            .Where(call => !call.Path.Contains("success", StringComparison.Ordinal))
            .ToList();
        foreach (var call in calls)
            output.WriteLine($"{call.Service,-6} {call.Operation,-12} {call.Path}");
        foreach (var group in calls.GroupBy(call => $"{call.Service,-6} {call.Operation}").OrderBy(
            group => group.Key, StringComparer.Ordinal))
            output.WriteLine($"{group.Key,-30} {group.Count()}");
        output.WriteLine($"{calls.Count} storage calls for one run of three models");
        Assert.InRange(calls.Count, 1, CallsMax);
    }

    [Fact]
    public async Task A_run_of_three_models_that_is_collected_from_GitHub_takes_few_calls_and_requests()
    {
        await using var deployment = await Deployment.StartWithAppAsync([], Token);
        var repository = deployment.GitHub.AddRepository("acme/webshop");
        var runs = Enumerable.Range(0, 2).Select(number =>
        {
            var run = repository.AddRun(At.AddMinutes(number), lasts: TimeSpan.FromMinutes(3));
            run.AddZip("agent", ArtifactZip.Of(run.Id, At.AddMinutes(number + 1)));
            return run;
        }).ToList();
        // The first run finds nothing remembered and nobody's day.
        await deployment.GitHub.Deliveries.SendAsync(runs[0], Token);
        await deployment.SettleAsync(Token);
        deployment.Tap.Mark();
        var asked = deployment.GitHub.Requests.Count;

        await deployment.GitHub.Deliveries.SendAsync(runs[1], Token);
        await deployment.SettleAsync(Token);

        var calls = deployment.Tap.Calls
            .Where(call => !call.Path.Contains("success", StringComparison.Ordinal))
            .ToList();
        foreach (var call in calls)
            output.WriteLine($"{call.Service,-6} {call.Operation,-12} {call.Path}");
        var questions = deployment.GitHub.Requests.Skip(asked).Select(request => request.Target).ToList();
        foreach (var question in questions)
            output.WriteLine(question);
        output.WriteLine($"{calls.Count} storage calls and {questions.Count} requests for one collected run");
        Assert.Equal((CollectedCalls, CollectedQuestions), (calls.Count, questions.Count));
        Assert.Equal(3, Runs(await deployment.GetAsync(
            $"/api/runs/acme/webshop/{runs[1].Id}", Token))[0].GetProperty("models").GetArrayLength());

        deployment.Tap.Mark();
        asked = deployment.GitHub.Requests.Count;
        var run = new RunIdentity("github.com", "acme", "webshop", runs[1].Id, 1) { RepositoryId = repository.Id };
        await deployment.Storage.Queue("collect-run").PutAsync(
            MessageFormat.Write(new CollectRunMessage(run, null), null), cancellationToken: Token);
        await deployment.SettleAsync(Token);

        var repeated = deployment.Tap.Calls.Count(call => !call.Path.Contains("success", StringComparison.Ordinal));
        Assert.Equal((RepeatedCalls, 0), (repeated, deployment.GitHub.Requests.Count - asked));
    }

    [Fact]
    public async Task Only_what_others_put_into_the_archive_asks_for_a_fold()
    {
        await using var deployment = await Deployment.StartAsync(Token);
        var ours = new RunIdentity("github.com", "acme", "webshop", 7001, 1);
        var zip = ArtifactZip.Of(7001, At);
        var tapped = new StorageServices(StorageAccountReader.Read(
            new() { ConnectionString = deployment.Tap.ConnectionString }).Account!);
        await using (var ledger = await AzureLedgerStorage.OpenAsync(tapped, TimeProvider.System, Token))
        {
            Assert.True(await ledger.Archive.AddAsync(
                ours, "agent", new EvidenceFile("agent.zip", zip.Length, () => new MemoryStream(zip)), Token));
        }

        deployment.Tap.Mark();
        await deployment.SettleAsync(Token);
        Assert.Equal(404, (await deployment.GetAsync("/api/runs/acme/webshop/7001", Token)).Status);
        // The event was handled, and without any call of its own.
        Assert.Contains(deployment.Host.Journal.Invocations, call => call.Function is "ParseTokenLog");
        Assert.DoesNotContain(deployment.Tap.Calls, call => call.Path.Contains("run-logs", StringComparison.Ordinal));

        await deployment.UploadAsync(7001, 1, "more.zip", ArtifactZip.Of(7001, At.AddMinutes(1)), Token);
        await deployment.SettleAsync(Token);
        Assert.Equal(3, Runs(await deployment.GetAsync("/api/runs/acme/webshop/7001", Token))[0].GetProperty("models").GetArrayLength());
    }

    [Fact]
    public async Task Bad_deliveries_get_a_clear_answer_and_the_next_good_one_still_works()
    {
        await using var deployment = await Deployment.StartAsync(Token);
        var good = new WorkflowRunDelivery(7003, 1, At, "d-3");

        using (var unsigned = good.Signed(Deployment.Secret))
        {
            unsigned.Headers.Remove("X-Hub-Signature-256");
            await RefusedAsync(deployment, unsigned, HttpStatusCode.Unauthorized);
        }

        using (var wrong = good.Signed("another secret"))
            await RefusedAsync(deployment, wrong, HttpStatusCode.Unauthorized);
        using (var large = good.Signed(Deployment.Secret))
        {
            large.Content = new ByteArrayContent(new byte[26 * 1024 * 1024]);
            large.Content.Headers.ContentType = new("application/json");
            await RefusedAsync(deployment, large, HttpStatusCode.RequestEntityTooLarge);
        }

        using (var trigger = new HttpRequestMessage(HttpMethod.Post, "http://functions.example/CollectRun"))
        using (var answer = await deployment.Host.SendAsync(trigger, Token))
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await deployment.Tap.CloseAsync();
        using (var answer = await deployment.DeliverAsync(good, Token))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await deployment.Tap.OpenAsync();

        using (var answer = await deployment.DeliverAsync(good, Token))
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await deployment.SettleAsync(Token);
        Assert.Single(Runs(await deployment.GetAsync("/api/runs/acme/webshop/7003", Token)));
        Assert.Empty(deployment.Host.Journal.ExitCodes);
    }

    [Fact]
    public async Task A_poison_message_ends_on_its_poison_queue_and_in_the_alerts()
    {
        await using var deployment = await Deployment.StartAsync(Token);
        await deployment.Storage.Queue("collect-run").PutAsync("{\"collectRun9\":{}}", cancellationToken: Token);

        await deployment.Host.DrainAsync(Deployment.Patience, Token);

        Assert.Equal(1, (await deployment.Storage.Queue("collect-run-poison").ApproximateCountAsync(Token)).Value);
        // Health is a few seconds old at most, and this test asks once.
        await Task.Delay(TimeSpan.FromSeconds(6), Token);
        var (_, health) = await deployment.GetAsync("/api/health", Token);
        Assert.Contains("\"status\":\"degraded\"", health);
        Assert.Contains("\"openAlerts\":1", health);
    }

    // Exactly what it takes: the webhook 3, its fold 8, the upload's event 1, the day 8. docs/service.md lists them.
    private const int CallsMax = 20;

    // As above, with two more blobs, without the second fold and the upload's event.
    private const int CollectedCalls = 20;

    // Its head, for what it is known as; head, attempts and slices, for what is known; the list of its files.
    private const int RepeatedCalls = 5;

    // The run, its artifacts, the download's address, its jobs.
    private const int CollectedQuestions = 4;

    private static async Task RefusedAsync(Deployment deployment, HttpRequestMessage request, HttpStatusCode status)
    {
        using var answer = await deployment.Host.SendAsync(request, Token);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static async Task VerifyAsync(Deployment deployment, decimal billed, decimal allocated)
    {
        var (status, body) = await deployment.GetAsync(
            $"/api/reconciliation?org=acme&from={Day:yyyy-MM-dd}&to={Day.AddDays(1):yyyy-MM-dd}", Token);
        Assert.True(status == 200, body);
        var verified = VerifyArtifact.Execute(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.Empty(verified.Problems);
        using var document = JsonDocument.Parse(body);
        var totals = document.RootElement.GetProperty("totals");
        Assert.Equal(billed, totals.GetProperty("billedAiCredits").GetDecimal());
        Assert.Equal(allocated, totals.GetProperty("allocatedAiCredits").GetDecimal());
        Assert.InRange(allocated, 0.01m, billed);
    }

    private static List<JsonElement> Runs((int Status, string Body) answer)
    {
        Assert.True(answer.Status == 200, answer.Body);
        using var document = JsonDocument.Parse(answer.Body);
        return [.. document.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.Clone())];
    }
}
