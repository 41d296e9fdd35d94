using System.Text.Json;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Queues;
using TokenLedger.Testing.Azurite;
using TokenLedger.Testing.FunctionsHost.EventGrid;
using TokenLedger.Testing.FunctionsHost.Tap;

namespace TokenLedger.Functions.Tests.HostDouble;

public sealed class EventGridDoubleTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_or_changed_blob_makes_one_event_and_a_known_one_none()
    {
        var (container, queue) = await StorageAsync();
        var grid = new EventGridDouble(azurite.ConnectionString, container.Name, queue.Name);
        Assert.Equal(0, await grid.DeliverAllAsync(Cancelled));
        await PutAsync(container, "github.com/acme/a b.zip");
        await PutAsync(container, "github.com/acme/c.zip");
        Assert.Equal(2, await grid.DeliverAllAsync(Cancelled));
        Assert.Equal(0, await grid.DeliverAllAsync(Cancelled));
        await PutAsync(container, "github.com/acme/c.zip");
        Assert.Equal(1, await grid.DeliverAllAsync(Cancelled));

        var messages = await TakeAsync(queue);
        // Alternating: the first and the third as text, the second as Base64.
        Assert.Equal([true, false, true], messages.Select(message => message.WireText!.StartsWith('{')));
        using var first = JsonDocument.Parse(messages[0].Text);
        var root = first.RootElement;
        Assert.Equal("Microsoft.Storage.BlobCreated", root.GetProperty("eventType").GetString());
        Assert.Equal($"/blobServices/default/containers/{container.Name}/blobs/github.com/acme/a b.zip", root.GetProperty("subject").GetString());
        var data = root.GetProperty("data");
        Assert.EndsWith($"/{container.Name}/github.com/acme/a%20b.zip", data.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(("BlockBlob", 3), (data.GetProperty("blobType").GetString(), data.GetProperty("contentLength").GetInt32()));
    }

    [Fact]
    public async Task An_event_carries_what_the_put_called_itself_where_the_tap_saw_it()
    {
        var (container, queue) = await StorageAsync();
        await using var tap = await StorageTap.StartAsync(azurite.ConnectionString);
        var grid = new EventGridDouble(
            azurite.ConnectionString, container.Name, queue.Name, clientRequestIdOf: tap.ClientRequestIdOf);
        var tapped = new StorageServices(
            StorageAccountReader.Read(new() { ConnectionString = tap.ConnectionString }).Account!).Container(container.Name);
        using var content = new MemoryStream("zip"u8.ToArray());
        await tapped.PutAsync("a%20b/c d.zip", content, new BlobPutOptions { ClientRequestId = "ours-1" }, Cancelled);
        await PutAsync(container, "theirs.zip");
        await grid.DeliverAllAsync(Cancelled);

        var data = (await TakeAsync(queue)).Select(
            message => JsonDocument.Parse(message.Text).RootElement.GetProperty("data")).ToList();

        Assert.Equal("ours-1", data[0].GetProperty("clientRequestId").GetString());
        Assert.False(data[1].TryGetProperty("clientRequestId", out _));
    }

    [Fact]
    public async Task Disorder_loses_nothing_and_is_the_same_for_the_same_seed()
    {
        var (container, queue) = await StorageAsync();
        for (var at = 0; at < 8; at++)
            await PutAsync(container, $"b{at}");
        var first = await DeliveredAsync(container, queue, seed: 7);
        var second = await DeliveredAsync(container, queue, seed: 7);
        Assert.Equal(first, second);
        Assert.Equal(8, first.Distinct(StringComparer.Ordinal).Count());
        Assert.NotEqual(8, first.Count);
        Assert.NotEqual(first.Order(StringComparer.Ordinal), first);
    }

    private async Task<List<string>> DeliveredAsync(BlobContainerClient container, QueueClient queue, int seed)
    {
        var grid = new EventGridDouble(
            azurite.ConnectionString, container.Name, queue.Name, EventEncoding.Base64, new EventDisorder(seed));
        await grid.DeliverAllAsync(Cancelled);
        Assert.Equal(0, grid.Held);
        var messages = await TakeAsync(queue);
        foreach (var message in messages)
            await queue.DeleteAsync(message, Cancelled);
        return [.. messages.Select(message => JsonDocument.Parse(message.Text).RootElement.GetProperty("subject").GetString()!)];
    }

    private async Task<(BlobContainerClient Container, QueueClient Queue)> StorageAsync()
    {
        var storage = azurite.Storage();
        var container = storage.Container(UniqueName.Next("c-"));
        var queue = storage.Queue(UniqueName.Next("q-"));
        await container.CreateIfMissingAsync(Cancelled);
        await queue.CreateIfMissingAsync(Cancelled);
        return (container, queue);
    }

    private static async Task PutAsync(BlobContainerClient container, string name)
    {
        using var content = new MemoryStream("zip"u8.ToArray());
        Assert.True((await container.PutAsync(name, content, cancellationToken: Cancelled)).IsDone);
    }

    private static async Task<IReadOnlyList<QueueMessage>> TakeAsync(QueueClient queue) =>
        (await queue.GetAsync(32, TimeSpan.FromMinutes(1), Cancelled)).Value;
}
