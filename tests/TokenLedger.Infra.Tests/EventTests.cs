using TokenLedger.Application.Messages;
using TokenLedger.Infra.Tests.Planning;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Storage.Azure.Ledger;

namespace TokenLedger.Infra.Tests;

/// <summary>An upload becomes a message, and an alert fires when nobody would notice.</summary>
public sealed class EventTests(Plans plans)
{
    private const string Subscription = "Microsoft.EventGrid/systemTopics/eventSubscriptions";

    [Fact]
    public async Task Uploads_are_told_to_their_queue_by_identity()
    {
        var subscription = (await plans.LeastAsync()).Single(Subscription);
        Assert.False(subscription.Properties.TryGetProperty("destination", out _));
        var destination = subscription.At("deliveryWithResourceIdentity", "destination");
        Assert.Equal("StorageQueue", destination.GetProperty("endpointType").GetString());
        Assert.Equal(QueueNames.LogUploaded, destination.GetProperty("properties").GetProperty("queueName").GetString());
        Assert.Equal("EventGridSchema", subscription.TextAt("eventDeliverySchema"));
    }

    [Fact]
    public async Task Only_whole_blobs_of_the_archive_are_told_of()
    {
        var filter = (await plans.LeastAsync()).Single(Subscription).At("filter");
        Assert.Equal(
            $"/blobServices/default/containers/{LedgerNames.RunLogs}/blobs/",
            filter.GetProperty("subjectBeginsWith").GetString());
        Assert.Equal(
            ["Microsoft.Storage.BlobCreated"],
            filter.GetProperty("includedEventTypes").EnumerateArray().Select(type => type.GetString()));
        var calls = filter.GetProperty("advancedFilters").EnumerateArray()
            .Single(one => one.GetProperty("key").GetString() == "data.api");
        Assert.Equal(
            ["PutBlob", "PutBlockList", "FlushWithClose", "CopyBlob"],
            calls.GetProperty("values").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task The_webhooks_own_record_is_not_told_of()
    {
        var own = (await plans.LeastAsync()).Single(Subscription).At("filter", "advancedFilters").EnumerateArray()
            .Single(one => one.GetProperty("key").GetString() == "subject");
        Assert.Equal("StringNotEndsWith", own.GetProperty("operatorType").GetString());
        Assert.Equal(
            [$"/{WorkflowRunFile.UploadName}/{WorkflowRunFile.FileName}"],
            own.GetProperty("values").EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task Every_poison_queue_is_watched()
    {
        var plan = await plans.LeastAsync();
        var query = QueryOf(plan, "-poison");
        Assert.All(QueueNames.All, queue =>
            Assert.Contains($"\"{QueueNames.PoisonOf(queue)}\"", query, StringComparison.Ordinal));
        // The query reads a log that somebody must have written.
        Assert.Contains("StorageQueueLogs", query, StringComparison.Ordinal);
        var log = plan.Single("Microsoft.Insights/diagnosticSettings");
        Assert.Contains("/queueServices/default/", log.Id, StringComparison.Ordinal);
        Assert.Equal("StorageWrite", log.At("logs")[0].GetProperty("category").GetString());
    }

    [Fact]
    public async Task A_silent_webhook_is_told_of_unless_that_is_switched_off()
    {
        var query = QueryOf(await plans.LeastAsync(), "-silent-webhook");
        var route = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Repository.FunctionFiles["GitHubWebhook"]))
            .RootElement.GetProperty("bindings")[0].GetProperty("route").GetString();
        Assert.Contains("Name == \"GitHubWebhook\"", query, StringComparison.Ordinal);
        Assert.Contains($"Name has \"{route}\"", query, StringComparison.Ordinal);
        var off = await PlannedDeployment.OfAsync([.. PlannedDeployment.Least, "webhookSilence = 'off'"]);
        Assert.Single(off.OfType("Microsoft.Insights/scheduledQueryRules"));
    }

    [Fact]
    public async Task Somebody_is_written_to_only_where_an_address_is_given()
    {
        Assert.Empty((await plans.LeastAsync()).OfType("Microsoft.Insights/actionGroups"));
        var plan = await plans.EverythingAsync();
        var group = plan.Single("Microsoft.Insights/actionGroups");
        Assert.All(
            plan.OfType("Microsoft.Insights/scheduledQueryRules"),
            rule => Assert.Equal(group.Id, rule.At("actions", "actionGroups")[0].GetString()));
    }

    private static string QueryOf(PlannedDeployment plan, string suffix) => plan
        .OfType("Microsoft.Insights/scheduledQueryRules")
        .Single(rule => rule.Name.EndsWith(suffix, StringComparison.Ordinal))
        .At("criteria", "allOf")[0].GetProperty("query").GetString()!;
}
