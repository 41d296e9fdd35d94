using TokenLedger.Application.Messages;
using TokenLedger.Hosting.Tests.Evidence;
using TokenLedger.Hosting.Tests.Served;

namespace TokenLedger.Hosting.Tests.Telemetry;

public sealed class TelemetryTests
{
    private const string Webhook = "GitHub webhook";
    private const string Collect = "process collect-run";
    private const string Reconcile = "process reconcile-day";
    private const string Prompt = "zebra-prompt-of-a-person";
    private const string ModelToken = "ghs_zebraTokenValue1234567890abcdefgh";

    [Fact]
    public async Task A_trace_leads_from_the_webhook_through_both_queues()
    {
        using var heard = new Heard();
        await using var served = await ServedLedger.StartedAsync();
        await Delivery.OfRun().SendAsync(served);
        await Eventually.TrueAsync("the run is folded", () => heard.Span(Collect) is not null);
        served.Clock.Advance(TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync("the day is reconciled", () => heard.Span(Reconcile) is not null);

        var (webhook, collect, reconcile) = (heard.Span(Webhook)!, heard.Span(Collect)!, heard.Span(Reconcile)!);
        Assert.Equal((webhook.TraceId, webhook.SpanId), (collect.TraceId, collect.ParentSpanId));
        Assert.Equal((webhook.TraceId, collect.SpanId), (reconcile.TraceId, reconcile.ParentSpanId));
    }

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "0af7651916cd43dd8448eb211c80319c")]
    [InlineData("|hostile.parent.", null)]
    [InlineData("00-zz", null)]
    public async Task A_caller_s_trace_goes_on_and_what_is_none_does_not(string given, string? trace)
    {
        using var heard = new Heard();
        await using var served = await ServedLedger.StartedAsync();

        await (Delivery.OfRun() with { TraceParent = given }).SendAsync(served);

        await Eventually.TrueAsync("the run is folded", () => heard.Span(Collect) is not null);
        var webhook = heard.Span(Webhook)!;
        Assert.Equal(trace ?? webhook.TraceId.ToHexString(), webhook.TraceId.ToHexString());
        Assert.Equal(System.Diagnostics.ActivityIdFormat.W3C, webhook.IdFormat);
        Assert.Equal(webhook.TraceId, heard.Span(Collect)!.TraceId);
    }

    [Fact]
    public async Task Runs_lines_lag_queues_and_deliveries_are_counted()
    {
        using var heard = new Heard();
        await using var served = await ServedLedger.StartedAsync(ledger => ledger.HasInbox = true);
        Logs.WriteRun(served.PathOf("run-101"));
        await File.AppendAllTextAsync(served.PathOf("run-101/token-usage.jsonl"), "{broken\n", ServedLedger.Token);
        Directory.Move(served.PathOf("run-101"), Path.Combine(served.Inbox, "run-101"));
        await Eventually.TrueAsync("the run is counted", () => heard.Sum("tokenledger.runs") > 0);
        await Delivery.OfRun(102).SendAsync(served);
        await Delivery.OfRun(102).SendAsync(served, ("X-Hub-Signature-256", null));
        await Eventually.TrueAsync("the message is counted", () =>
            heard.Sum("tokenledger.messages queue=collect-run outcome=done") > 0);

        Assert.Equal(2, heard.Sum("tokenledger.runs"));
        Assert.Equal(1, heard.Sum("tokenledger.lines outcome=accepted"));
        Assert.Equal(1, heard.Sum("tokenledger.lines outcome=rejected"));
        Assert.Equal(1, heard.Sum("tokenledger.deliveries outcome=Queued"));
        Assert.Equal(1, heard.Sum("tokenledger.deliveries outcome=urn:tokenledger:problem:signature-missing"));
        Assert.Contains(heard.Figures, figure => figure is { Name: "tokenledger.run.lag", Value: > 0 });
        Assert.Contains(heard.Figures, figure => figure is { Name: "tokenledger.queue.age queue=collect-run", Value: >= 0 });
    }

    [Fact]
    public async Task No_secret_prompt_or_token_value_is_in_anything_that_is_said()
    {
        using var heard = new Heard();
        await using var served = await ServedLedger.StartedAsync(ledger =>
        {
            ledger.HasInbox = true;
            ledger.ApiKey = ServedLedger.Key;
        });
        var run = Logs.WriteRun(served.PathOf("run-101"));
        await File.AppendAllTextAsync(
            Path.Combine(run, "token-usage.jsonl"),
            $"{{\"prompt\":\"{Prompt}\",\"token\":\"{ModelToken}\"\n{Prompt} {ModelToken}\n", ServedLedger.Token);
        foreach (var name in new[] { "prompt.txt", "agent-stdio.log", "aw-prompts.json" })
            await File.WriteAllTextAsync(Path.Combine(run, name), $"{Prompt} {ModelToken}", ServedLedger.Token);
        Directory.Move(run, Path.Combine(served.Inbox, "run-101"));
        await File.WriteAllTextAsync(
            Path.Combine(served.Inbox, "junk.jsonl"), $"{Prompt} {ModelToken}\n", ServedLedger.Token);
        await Eventually.TrueAsync("both are dealt with", () =>
            Directory.Exists(Path.Combine(served.Inbox, ".taken", "run-101"))
            && File.Exists(Path.Combine(served.Inbox, ".rejected", "junk.jsonl")));
        await Delivery.OfRun(102).SendAsync(served);
        await (Delivery.OfRun(103) with { Secret = "zebra" }).SendAsync(served, ("X-GitHub-Event", Prompt));
        await new Delivery(System.Text.Encoding.UTF8.GetBytes($"{{\"{Prompt}\":\"{ModelToken}\"")).SendAsync(served);
        await served.EmptiedAsync(QueueNames.CollectRun);
        await served.Storage.Queue.EnqueueAsync(
            new ReconcileDayMessage(new DateOnly(2026, 10, 1)), TimeSpan.Zero, ServedLedger.Token);
        await served.GetAsync($"/api/reconciliation?org={Prompt}&from={ModelToken}&to={ModelToken}", ServedLedger.Key);
        await served.GetAsync($"/api/runs/{Prompt}/{ModelToken}/1", ServedLedger.Key);
        await served.GetAsync("/api/runs/acme/api/101", ModelToken);
        await served.GetAsync($"/{Prompt}/{ModelToken}", ServedLedger.Key);
        await served.GetAsync("/api/health");

        var said = served.Log
            .Concat(served.Answers)
            .Concat(heard.Figures.Select(figure => figure.Name))
            .Concat(heard.Spans.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")
                .Append($"{span.DisplayName} {span.StatusDescription} {span.TraceStateString}")))
            .ToList();
        Assert.NotEmpty(served.Log);
        Assert.NotEmpty(heard.Spans);
        foreach (var secret in new[] { Prompt, ModelToken, ServedLedger.Secret, ServedLedger.Key })
            Assert.DoesNotContain(said, line => line.Contains(secret, StringComparison.Ordinal));
    }
}
