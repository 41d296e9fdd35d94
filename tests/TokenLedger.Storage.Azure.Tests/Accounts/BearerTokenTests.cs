using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tests.Fakes;

namespace TokenLedger.Storage.Azure.Tests.Accounts;

public sealed class BearerTokenTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_carry_a_token_for_storage()
    {
        var credential = new FakeCredential("the-token");
        var transport = new FakeTransport(new(204), new(201), new FakeResponse(201));
        var storage = FakeAccount.WithToken(transport, credential);
        Assert.Equal(StorageOutcome.Done, await storage.Table("runs").CreateIfMissingAsync(Cancelled));
        Assert.Equal(StorageOutcome.Done, await storage.Container("run-logs").CreateIfMissingAsync(Cancelled));
        Assert.Equal(StorageOutcome.Done, await storage.Queue("collect-run").CreateIfMissingAsync(Cancelled));
        Assert.Equal(
            ["https://acme.table.core.windows.net/Tables", "https://acme.blob.core.windows.net/run-logs?restype=container", "https://acme.queue.core.windows.net/collect-run"],
            transport.Sent.Select(sent => sent.Address.AbsoluteUri));
        Assert.All(transport.Sent, sent => Assert.Equal(("Bearer the-token", "2020-12-06"), (sent.Headers["Authorization"], sent.Headers["x-ms-version"])));
        Assert.Equal(["https://storage.azure.com/.default"], credential.Scopes.Distinct());
    }

    [Fact]
    public async Task A_token_is_not_sent_without_encryption()
    {
        var account = FakeAccount.Read(new()
        {
            AccountName = "acme",
            BlobEndpoint = "http://acme/blob",
            QueueEndpoint = "http://acme/queue",
            TableEndpoint = "http://acme/table",
        });
        var transport = new FakeTransport(new FakeResponse(204));
        var storage = new StorageServices(account, new FakeCredential("the-token"), FakeAccount.Options(transport));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => storage.Table("runs").CreateIfMissingAsync(Cancelled));
        Assert.DoesNotContain("the-token", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(transport.Sent);
    }
}
