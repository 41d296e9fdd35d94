using TokenLedger.Storage.Azure.Queues;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Storage.Azure.Tests.Queues;

public sealed class QueueClientTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_queue_is_created_once()
    {
        var queue = azurite.Storage().Queue(UniqueName.Next("q-"));
        Assert.Equal(StorageOutcome.Done, await queue.CreateIfMissingAsync(Cancelled));
        Assert.Equal(StorageOutcome.AlreadyExists, await queue.CreateIfMissingAsync(Cancelled));
    }

    [Theory]
    [InlineData("{\"parseRun1\":{\"runId\":9007199254740993}}", QueueTextEncoding.Base64)]
    [InlineData("{\"parseRun1\":{\"runId\":9007199254740993}}", QueueTextEncoding.Plain)]
    [InlineData("<a> & ]]> 'naïve' ключ 🦊", QueueTextEncoding.Base64)]
    [InlineData("<a> & ]]> 'naïve' ключ 🦊", QueueTextEncoding.Plain)]
    public async Task A_message_is_put_taken_and_deleted(string text, QueueTextEncoding encoding)
    {
        var queue = await QueueAsync(encoding);
        var put = (await queue.PutAsync(text, cancellationToken: Cancelled)).Value;
        Assert.Equal(1, (await queue.ApproximateCountAsync(Cancelled)).Value);
        var taken = Assert.Single((await queue.GetAsync(32, Long, Cancelled)).Value);
        Assert.Equal((put.Id, text, 1), (taken.Id, taken.Text, taken.DequeueCount));
        Assert.Equal(QueueText.Encode(text, encoding), taken.WireText);
        Assert.True(taken.InsertedAt < taken.NextVisibleAt && taken.NextVisibleAt < taken.ExpiresAt);
        Assert.Empty((await queue.GetAsync(32, Long, Cancelled)).Value);
        Assert.Equal(StorageOutcome.Done, await queue.DeleteAsync(taken, Cancelled));
        Assert.Equal(0, (await queue.ApproximateCountAsync(Cancelled)).Value);
        Assert.Equal(StorageOutcome.NotFound, await queue.DeleteAsync(taken, Cancelled));
    }

    [Fact]
    public async Task Thirty_two_messages_are_taken_at_once()
    {
        var queue = await QueueAsync();
        for (var at = 0; at < 33; at++)
            await queue.PutAsync($"{at}", cancellationToken: Cancelled);
        Assert.Equal(32, (await queue.GetAsync(32, Long, Cancelled)).Value.Count);
        Assert.Single((await queue.GetAsync(32, Long, Cancelled)).Value);
    }

    [Fact]
    public async Task A_message_that_is_put_hidden_is_not_taken()
    {
        var queue = await QueueAsync();
        var hidden = (await queue.PutAsync("later", visibilityTimeout: TimeSpan.FromDays(7), cancellationToken: Cancelled)).Value;
        Assert.Empty((await queue.GetAsync(1, Long, Cancelled)).Value);
        Assert.Equal(1, (await queue.ApproximateCountAsync(Cancelled)).Value);
        Assert.True((await queue.ExtendAsync(hidden, TimeSpan.Zero, cancellationToken: Cancelled)).IsDone);
        Assert.Single((await queue.GetAsync(1, Long, Cancelled)).Value);
    }

    [Fact]
    public async Task Extending_gives_a_new_receipt_and_the_old_one_counts_no_more()
    {
        var queue = await QueueAsync();
        await queue.PutAsync("first", cancellationToken: Cancelled);
        var taken = Assert.Single((await queue.GetAsync(1, Long, Cancelled)).Value);
        var extended = (await queue.ExtendAsync(taken, Long, "second <&>", Cancelled)).Value;
        Assert.NotEqual(taken.PopReceipt, extended.PopReceipt);
        Assert.Equal(StorageOutcome.ConditionNotMet, await queue.DeleteAsync(taken, Cancelled));
        Assert.Equal(StorageOutcome.ConditionNotMet, (await queue.ExtendAsync(taken, Long, cancellationToken: Cancelled)).Outcome);
        var released = (await queue.ExtendAsync(extended, TimeSpan.Zero, cancellationToken: Cancelled)).Value;
        var again = Assert.Single((await queue.GetAsync(1, Long, Cancelled)).Value);
        Assert.Equal((released.Id, "second <&>", 2), (again.Id, again.Text, again.DequeueCount));
    }

    [Fact]
    public async Task The_largest_message_fits()
    {
        var queue = await QueueAsync();
        var text = new string('x', 49_152);
        Assert.True((await queue.PutAsync(text, cancellationToken: Cancelled)).IsDone);
        Assert.Equal(text, Assert.Single((await queue.GetAsync(1, Long, Cancelled)).Value).Text);
    }

    [Fact]
    public async Task A_message_may_have_an_end()
    {
        var queue = await QueueAsync();
        Assert.True((await queue.PutAsync("x", TimeSpan.FromSeconds(5), TimeSpan.FromDays(1), Cancelled)).IsDone);
    }

    [Fact]
    public async Task What_is_missing_is_an_outcome()
    {
        var queue = azurite.Storage().Queue(UniqueName.Next("q-"));
        Assert.Equal(StorageOutcome.NotFound, (await queue.PutAsync("x", cancellationToken: Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.NotFound, (await queue.GetAsync(1, Long, Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.NotFound, (await queue.ApproximateCountAsync(Cancelled)).Outcome);
        Assert.Equal(StorageOutcome.NotFound, await queue.DeleteAsync(new("id", "receipt", "", 1), Cancelled));
    }

    private async Task<QueueClient> QueueAsync(QueueTextEncoding encoding = QueueTextEncoding.Base64)
    {
        var queue = azurite.Storage().Queue(UniqueName.Next("q-"), encoding);
        await queue.CreateIfMissingAsync(Cancelled);
        return queue;
    }
}
