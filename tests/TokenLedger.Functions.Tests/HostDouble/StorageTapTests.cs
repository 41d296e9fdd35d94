using System.Text;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tables;
using TokenLedger.Testing.Azurite;
using TokenLedger.Testing.FunctionsHost.Tap;

namespace TokenLedger.Functions.Tests.HostDouble;

public sealed class StorageTapTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_service_works_through_the_tap_and_its_calls_are_counted()
    {
        await using var tap = await StorageTap.StartAsync(azurite.ConnectionString);
        var storage = azurite.Storage(tap.ConnectionString);
        var container = storage.Container(UniqueName.Next("c-"));
        var queue = storage.Queue(UniqueName.Next("q-"));
        var table = storage.Table(UniqueName.Next("t"));
        await container.CreateIfMissingAsync(Cancelled);
        await queue.CreateIfMissingAsync(Cancelled);
        await table.CreateIfMissingAsync(Cancelled);
        tap.Mark();

        const string Blob = "a b/100%/ключ~(1)'.zip";
        using (var content = new MemoryStream(Encoding.UTF8.GetBytes("content")))
            Assert.True((await container.PutAsync(Blob, content, cancellationToken: Cancelled)).IsDone);
        Assert.Equal([Blob], await container.ListAsync(cancellationToken: Cancelled).Select(item => item.Name).ToListAsync(Cancelled));
        await queue.PutAsync("m", cancellationToken: Cancelled);
        Assert.Single((await queue.GetAsync(1, TimeSpan.FromMinutes(1), Cancelled)).Value);
        var batch = new TableBatch("p'1");
        batch.Insert(new TableEntity("p'1", "r"));
        Assert.Equal(StorageOutcome.Done, (await table.SubmitAsync(batch, Cancelled)).Outcome);

        Assert.Equal(
            [
                ("blob", "GET list", 1), ("blob", "PUT blob", 1), ("queue", "GET messages", 1),
                ("queue", "POST messages", 1), ("table", "POST batch", 1),
            ],
            tap.Counts().Select(entry => (entry.Key.Service, entry.Key.Operation, entry.Value)).Order());
        Assert.Equal(5, tap.Calls.Count);
        Assert.Empty(tap.Lost);
    }

    [Theory]
    [InlineData(TapMoment.InsteadOfForwarding, 0)]
    [InlineData(TapMoment.BeforeForwarding, 1)]
    [InlineData(TapMoment.BeforeAnswering, 1)]
    public async Task An_action_runs_at_the_call_it_was_set_for(TapMoment moment, int messages)
    {
        await using var tap = await StorageTap.StartAsync(azurite.ConnectionString);
        var direct = azurite.Storage().Queue(UniqueName.Next("q-"));
        await direct.CreateIfMissingAsync(Cancelled);
        var queue = azurite.Storage(tap.ConnectionString, Once()).Queue(direct.Name);
        await queue.ApproximateCountAsync(Cancelled);
        tap.Mark();
        var countAtAction = -1L;
        tap.AtCall(2, moment, async () => countAtAction = (await direct.ApproximateCountAsync(Cancelled)).Value);

        await queue.ApproximateCountAsync(Cancelled);
        Assert.Equal(-1, countAtAction);
        var put = queue.PutAsync("x", cancellationToken: Cancelled);
        if (moment == TapMoment.InsteadOfForwarding)
            await Assert.ThrowsAsync<StorageFailureException>(() => put);
        else
            Assert.True((await put).IsDone);
        Assert.Equal(moment == TapMoment.BeforeAnswering ? 1 : 0, countAtAction);
        Assert.Equal(messages, (await direct.ApproximateCountAsync(Cancelled)).Value);
    }

    [Fact]
    public async Task Busy_calls_are_answered_503_and_then_it_goes_on()
    {
        await using var tap = await StorageTap.StartAsync(azurite.ConnectionString);
        var queue = azurite.Storage(tap.ConnectionString, Once()).Queue(UniqueName.Next("q-"));
        tap.AnswerBusy(1);
        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => queue.CreateIfMissingAsync(Cancelled));
        Assert.Equal(503, failure.Status);
        Assert.Equal(StorageOutcome.Done, await queue.CreateIfMissingAsync(Cancelled));
    }

    [Fact]
    public async Task A_closed_tap_refuses_and_opens_at_the_same_ports()
    {
        await using var tap = await StorageTap.StartAsync(azurite.ConnectionString);
        var queue = azurite.Storage(tap.ConnectionString, Once()).Queue(UniqueName.Next("q-"));
        var before = tap.ConnectionString;
        await tap.CloseAsync();
        await Assert.ThrowsAsync<StorageFailureException>(() => queue.CreateIfMissingAsync(Cancelled));
        await tap.OpenAsync();
        Assert.Equal(before, tap.ConnectionString);
        Assert.Equal(StorageOutcome.Done, await queue.CreateIfMissingAsync(Cancelled));
    }

    private static StorageClientOptions Once()
    {
        var options = new StorageClientOptions();
        options.Retry.MaxRetries = 0;
        return options;
    }
}
