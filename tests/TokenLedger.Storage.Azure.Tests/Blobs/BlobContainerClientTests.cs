using System.Text;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tests.Fakes;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Storage.Azure.Tests.Blobs;

public sealed class BlobContainerClientTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_is_created_once()
    {
        var container = azurite.Storage().Container(UniqueName.Next("c-"));
        Assert.Equal(StorageOutcome.Done, await container.CreateIfMissingAsync(Cancelled));
        Assert.Equal(StorageOutcome.AlreadyExists, await container.CreateIfMissingAsync(Cancelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    public async Task A_blob_comes_back_with_its_properties_and_metadata(string text)
    {
        var container = await ContainerAsync();
        var options = new BlobPutOptions
        {
            ContentType = "text/plain",
            Metadata = new Dictionary<string, string> { ["sha256"] = "0a1b", ["run_id"] = "19400000483 / 1" },
        };
        var tag = (await container.PutAsync("a/b.txt", Bytes(text), options, Cancelled)).Value;

        await using var content = (await container.GetAsync("a/b.txt", cancellationToken: Cancelled)).Value;
        Assert.Equal(text, await TextAsync(content));
        var properties = (await container.PropertiesAsync("a/b.txt", Cancelled)).Value;
        Assert.All([content.Properties, properties], found =>
        {
            Assert.Equal((text.Length, tag, "text/plain"), (found.LengthBytes, found.ETag, found.ContentType));
            Assert.Equal(("0a1b", "19400000483 / 1"), (found.Metadata["sha256"], found.Metadata["RUN_ID"]));
            Assert.NotNull(found.LastModifiedAt);
        });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(BlobLimits.BlockBytes, 2)]
    public async Task A_put_is_called_what_the_caller_says_also_when_it_is_committed_from_blocks(int length, int requests)
    {
        var transport = new FakeTransport(
            [.. Enumerable.Range(0, requests).Select(_ => new FakeResponse(201, "", ("ETag", "\"0x8D\"")))]);
        await FakeAccount.WithKey(transport).Container("logs").PutAsync(
            "a", new MemoryStream(new byte[length]), new BlobPutOptions { ClientRequestId = "ours-1" }, Cancelled);
        // An event about the blob tells of the last one.
        Assert.Equal(requests, transport.Sent.Count);
        Assert.Equal("ours-1", transport.Sent[^1].Headers["x-ms-client-request-id"]);
    }

    [Theory]
    [InlineData("github.com/acme/pay ments/1/1/100%.json")]
    [InlineData("a+b&c=d/?#/'quoted'(1)")]
    [InlineData("ключ/钥匙/🦊/e\u0301")]
    [InlineData("%2F/%25/~!@$^*;:,[]{}<>|\"`")]
    public async Task Blobs_with_strange_names_can_be_put_read_listed_and_deleted(string name)
    {
        var container = await ContainerAsync();
        Assert.True((await container.PutAsync(name, Bytes("x"), null, Cancelled)).IsDone);
        Assert.True(await container.ExistsAsync(name, Cancelled));
        Assert.Equal([name], await container.ListAsync(cancellationToken: Cancelled).Select(item => item.Name).ToListAsync(Cancelled));
        Assert.Equal([name], await container.ListAsync(name, cancellationToken: Cancelled).Select(item => item.Name).ToListAsync(Cancelled));
        Assert.Equal(StorageOutcome.Done, await container.DeleteAsync(name, cancellationToken: Cancelled));
        Assert.False(await container.ExistsAsync(name, Cancelled));
    }

    [Theory]
    [InlineData(BlobLimits.BlockBytes - 1, false)]
    [InlineData(BlobLimits.BlockBytes, false)]
    [InlineData((2 * BlobLimits.BlockBytes) + 17, false)]
    [InlineData(BlobLimits.BlockBytes, true)]
    public async Task A_large_blob_comes_back_whole(int length, bool canSeek)
    {
        var container = await ContainerAsync();
        using var source = new PatternStream(length, canSeek);
        var options = new BlobPutOptions { Metadata = new Dictionary<string, string> { ["sha256"] = "0a1b" } };
        var tag = (await container.PutAsync("large", source, options, Cancelled)).Value;
        await using var content = (await container.GetAsync("large", condition: tag, cancellationToken: Cancelled)).Value;
        Assert.Equal((length, "0a1b"), (content.Properties.LengthBytes, content.Properties.Metadata["sha256"]));
        Assert.Equal(length, await PatternStream.CountAsync(content.Content, Cancelled));
    }

    [Fact]
    public async Task A_large_blob_is_sent_block_by_block_and_only_the_commit_has_the_condition()
    {
        var transport = new FakeTransport(new(201), new(201), new FakeResponse(201, "", ("ETag", "\"0x8D\"")));
        using var source = new PatternStream(BlobLimits.BlockBytes + 1, canSeek: false);
        var options = new BlobPutOptions { CreateOnly = true, LeaseId = "lease" };
        var tag = await FakeAccount.WithKey(transport).Container("logs").PutAsync("a", source, options, Cancelled);
        Assert.Equal("\"0x8D\"", tag.Value.ToString("H"));
        Assert.Equal(["block", "block", "blocklist"], transport.Sent.Select(sent => QueryText.Split(sent.Address).First().Value));
        var ids = transport.Sent.Take(2).Select(sent => QueryText.Split(sent.Address).Last().Value).ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.EndsWith($"<Uncommitted>{ids[0]}</Uncommitted><Uncommitted>{ids[1]}</Uncommitted></BlockList>", transport.Sent[2].Body, StringComparison.Ordinal);
        Assert.Equal([false, false, true], transport.Sent.Select(sent => sent.Headers.ContainsKey("If-None-Match")));
        Assert.All(transport.Sent, sent => Assert.Equal("lease", sent.Headers["x-ms-lease-id"]));
    }

    [Fact]
    public async Task Two_uploads_of_one_blob_name_their_blocks_differently()
    {
        var transport = new FakeTransport([.. Enumerable.Range(0, 6).Select(_ => new FakeResponse(201))]);
        var container = FakeAccount.WithKey(transport).Container("logs");
        await container.PutAsync("a", new PatternStream(BlobLimits.BlockBytes, canSeek: false), null, Cancelled);
        await container.PutAsync("a", new PatternStream(BlobLimits.BlockBytes, canSeek: false), null, Cancelled);
        var ids = transport.Sent.SelectMany(sent => QueryText.Split(sent.Address)).Where(pair => pair.Name == "blockid").ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Single(ids.Select(pair => pair.Value.Length).Distinct());
    }

    [Fact]
    public async Task A_stream_is_put_from_where_it_stands()
    {
        var container = await ContainerAsync();
        var stream = Bytes("hello");
        stream.Position = 2;
        await container.PutAsync("a", stream, null, Cancelled);
        await using var content = (await container.GetAsync("a", cancellationToken: Cancelled)).Value;
        Assert.Equal("llo", await TextAsync(content));
    }

    [Theory]
    [InlineData(0, 5L, "01234")]
    [InlineData(3, 2L, "34")]
    [InlineData(7, null, "789")]
    [InlineData(8, 100L, "89")]
    public async Task A_part_of_a_blob_can_be_read(long offset, long? length, string expected)
    {
        var container = await ContainerAsync();
        await container.PutAsync("a", Bytes("0123456789"), null, Cancelled);
        await using var content = (await container.GetAsync("a", offset, length, cancellationToken: Cancelled)).Value;
        Assert.Equal((expected, 10), (await TextAsync(content), content.Properties.LengthBytes));
    }

    [Fact]
    public async Task A_part_beyond_the_end_is_a_failure_with_a_code()
    {
        // The emulator answers with an empty part; the service refuses.
        var transport = new FakeTransport(new FakeResponse(416, "", ("x-ms-error-code", "InvalidRange")));
        var container = FakeAccount.WithKey(transport).Container("logs");
        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => container.GetAsync("a", 10, cancellationToken: Cancelled));
        Assert.Equal("bytes=10-", transport.Sent[0].Headers["x-ms-range"]);
        Assert.Equal((416, "InvalidRange"), (failure.Status, failure.ErrorCode));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(BlobLimits.BlockBytes + 1)]
    public async Task A_blob_that_may_only_be_created_is_not_overwritten(int length)
    {
        var container = await ContainerAsync();
        var createOnly = new BlobPutOptions { CreateOnly = true };
        Assert.True((await container.PutAsync("a", new PatternStream(length, true), createOnly, Cancelled)).IsDone);
        Assert.Equal(StorageOutcome.AlreadyExists, (await container.PutAsync("a", new PatternStream(length, true), createOnly, Cancelled)).Outcome);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(BlobLimits.BlockBytes + 1)]
    public async Task A_blob_that_has_changed_is_not_overwritten(int length)
    {
        var container = await ContainerAsync();
        var first = (await container.PutAsync("a", Bytes("1"), null, Cancelled)).Value;
        var second = (await container.PutAsync("a", Bytes("2"), new() { IfMatch = first }, Cancelled)).Value;
        Assert.Equal(
            StorageOutcome.ConditionNotMet,
            (await container.PutAsync("a", new PatternStream(length, true), new() { IfMatch = first }, Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.ConditionNotMet, (await container.GetAsync("a", condition: first, cancellationToken: Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.ConditionNotMet, await container.DeleteAsync("a", first, cancellationToken: Cancelled));
        Assert.Equal(StorageOutcome.Done, await container.DeleteAsync("a", second, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Two_uploads_of_one_blob_do_not_mix()
    {
        var container = await ContainerAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(at => container.PutAsync(
            "a", new PatternStream(BlobLimits.BlockBytes + 10 + at, at > 0), null, Cancelled)));
        Assert.Contains(outcomes, outcome => outcome.IsDone);
        Assert.All(outcomes, outcome => Assert.True(outcome.Outcome is StorageOutcome.Done or StorageOutcome.ConditionNotMet));
        await using var content = (await container.GetAsync("a", cancellationToken: Cancelled)).Value;
        Assert.Equal(content.Properties.LengthBytes, await PatternStream.CountAsync(content.Content, Cancelled));
    }

    [Fact]
    public async Task A_list_goes_on_from_page_to_page_and_knows_its_prefix()
    {
        var container = await ContainerAsync();
        foreach (var name in new[] { "a/1", "a/2", "a/3", "a b/4", "b/5" })
            await container.PutAsync(name, Bytes("xyz"), new() { Metadata = new Dictionary<string, string> { ["sha256"] = "h" } }, Cancelled);
        var items = await container.ListAsync("a/", itemsPerPage: 1, Cancelled).ToListAsync(Cancelled);
        Assert.Equal(["a/1", "a/2", "a/3"], items.Select(item => item.Name));
        Assert.All(items, item => Assert.Equal((3, "h"), (item.Properties.LengthBytes, item.Properties.Metadata["sha256"])));
        Assert.Equal((await container.PropertiesAsync("a/1", Cancelled)).Value.ETag, items[0].Properties.ETag);
        Assert.Equal(5, await container.ListAsync(cancellationToken: Cancelled).CountAsync(Cancelled));
    }

    [Fact]
    public async Task An_empty_page_of_a_list_is_not_the_end()
    {
        var transport = new FakeTransport(
            new(200, "<EnumerationResults><Blobs/><NextMarker>2!76!x&amp;y</NextMarker></EnumerationResults>"),
            new FakeResponse(200, "<EnumerationResults><Blobs><Blob><Name Encoded=\"true\">a%EF%BF%BE</Name><Properties>"
                + "<Content-Length>3</Content-Length><Etag>0x8D</Etag></Properties></Blob></Blobs><NextMarker /></EnumerationResults>"));
        var item = Assert.Single(await FakeAccount.WithKey(transport).Container("logs").ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
        Assert.Equal(("a\uFFFE", 3), (item.Name, item.Properties.LengthBytes));
        Assert.Contains("marker=2%2176%21x%26y", transport.Sent[1].Address.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_is_an_outcome()
    {
        var container = await ContainerAsync();
        Assert.Equal(StorageOutcome.NotFound, (await container.GetAsync("a", cancellationToken: Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.NotFound, (await container.PropertiesAsync("a", Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.NotFound, await container.DeleteAsync("a", cancellationToken: Cancelled));
        Assert.Equal(StorageOutcome.NotFound, (await container.Lease("a").AcquireAsync(TimeSpan.FromSeconds(15), Cancelled)).Outcome);
        var missing = azurite.Storage().Container(UniqueName.Next("c-"));
        Assert.Equal(StorageOutcome.NotFound, (await missing.PutAsync("a", Bytes("x"), null, Cancelled)).Outcome);
        Assert.Empty(await missing.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_leased_blob_is_written_by_its_holder_only()
    {
        var container = await ContainerAsync();
        await container.PutAsync("a", Bytes("1"), null, Cancelled);
        var lease = container.Lease("a");
        var id = (await lease.AcquireAsync(TimeSpan.FromSeconds(60), Cancelled)).Value;
        Assert.Equal(StorageOutcome.LeaseNotHeld, (await lease.AcquireAsync(TimeSpan.FromSeconds(60), Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.LeaseNotHeld, (await container.PutAsync("a", Bytes("2"), null, Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.LeaseNotHeld, await container.DeleteAsync("a", cancellationToken: Cancelled));
        Assert.True((await container.PutAsync("a", Bytes("2"), new() { LeaseId = id }, Cancelled)).IsDone);
        Assert.Equal(StorageOutcome.Done, await lease.RenewAsync(id, Cancelled));
        Assert.Equal(StorageOutcome.LeaseNotHeld, await lease.RenewAsync("0f8fad5b-d9cb-469f-a165-70867728950e", Cancelled));
        Assert.Equal(StorageOutcome.Done, await lease.ReleaseAsync(id, Cancelled));
        Assert.Equal(StorageOutcome.LeaseNotHeld, await lease.RenewAsync(id, Cancelled));
    }

    [Fact]
    public async Task A_lease_can_be_broken()
    {
        var container = await ContainerAsync();
        await container.PutAsync("a", Bytes("1"), null, Cancelled);
        var lease = container.Lease("a");
        Assert.Equal(StorageOutcome.LeaseNotHeld, await lease.BreakAsync(Cancelled));
        var id = (await lease.AcquireAsync(Timeout.InfiniteTimeSpan, Cancelled)).Value;
        Assert.Equal(StorageOutcome.Done, await lease.BreakAsync(Cancelled));
        Assert.Equal(StorageOutcome.LeaseNotHeld, await lease.RenewAsync(id, Cancelled));
        Assert.True((await lease.AcquireAsync(TimeSpan.FromSeconds(15), Cancelled)).IsDone);
    }

    private async Task<BlobContainerClient> ContainerAsync()
    {
        var container = azurite.Storage().Container(UniqueName.Next("c-"));
        await container.CreateIfMissingAsync(Cancelled);
        return container;
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> TextAsync(BlobContent content)
    {
        using var reader = new StreamReader(content.Content);
        return await reader.ReadToEndAsync(Cancelled);
    }
}
