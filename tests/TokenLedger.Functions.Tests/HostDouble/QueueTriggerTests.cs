using System.Text;
using TokenLedger.Storage.Azure.Queues;
using TokenLedger.Testing.Azurite;
using TokenLedger.Testing.FunctionsHost.Invocations;

namespace TokenLedger.Functions.Tests.HostDouble;

public sealed class QueueTriggerTests(AzuriteFixture azurite)
{
    private const string AsIs = "\"messageEncoding\": \"none\"";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_posted_chunked_as_the_queue_holds_it_and_deleted()
    {
        var queue = await QueueAsync(QueueTextEncoding.Base64);
        await queue.PutAsync("{\"a\":1}", cancellationToken: Cancelled);
        var handler = new ScriptedHandler();
        using var package = new SamplePackage(AsIs).WithQueue("Collect", queue.Name);
        await using var host = await package.StartAsync(handler.Runner, azurite.ConnectionString);
        await host.DrainAsync(Patience, Cancelled);

        var seen = Assert.Single(handler.Seen);
        Assert.Equal(("POST", "/Collect"), (seen.Method, seen.Target));
        Assert.Equal("application/json; charset=utf-8", seen.Headers["Content-Type"]);
        Assert.Equal("chunked", seen.Headers["Transfer-Encoding"]);
        Assert.False(seen.Headers.ContainsKey("Content-Length"));
        Assert.StartsWith("Azure-Functions-Host/", seen.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.True(Guid.TryParse(seen.Headers["X-Azure-Functions-InvocationId"], out _));
        Assert.StartsWith("""{"Data":{"message":"\"eyJhIjoxfQ==\""},"Metadata":{"DequeueCount":"1","Id":""", seen.Text, StringComparison.Ordinal);
        Assert.Contains("\"InsertionTime\":\"20", seen.Text, StringComparison.Ordinal);
        Assert.Equal(0, (await queue.ApproximateCountAsync(Cancelled)).Value);
    }

    [Fact]
    public async Task A_message_that_fails_five_times_is_poison()
    {
        var queue = await QueueAsync(QueueTextEncoding.Plain);
        await queue.PutAsync("bad", cancellationToken: Cancelled);
        var handler = new ScriptedHandler { Status = 500 };
        using var package = new SamplePackage(AsIs).WithQueue("Collect", queue.Name);
        await using var host = await package.StartAsync(handler.Runner, azurite.ConnectionString);
        await host.DrainAsync(Patience, Cancelled);

        Assert.Equal([1, 2, 3, 4, 5], host.Journal.Invocations.Select(invocation => invocation.DequeueCount ?? 0));
        Assert.Equal("bad", Assert.Single(await PoisonAsync(queue)).WireText);
    }

    [Fact]
    public async Task A_message_that_is_hidden_is_waited_for()
    {
        var queue = await QueueAsync(QueueTextEncoding.Plain);
        await queue.PutAsync("later", TimeSpan.FromSeconds(1), cancellationToken: Cancelled);
        var handler = new ScriptedHandler();
        using var package = new SamplePackage(AsIs).WithQueue("Collect", queue.Name);
        await using var host = await package.StartAsync(handler.Runner, azurite.ConnectionString);
        await host.DrainAsync(Patience, Cancelled);
        Assert.Single(handler.Seen);
    }

    [Fact]
    public async Task An_answer_without_a_result_is_a_hang()
    {
        var queue = await QueueAsync(QueueTextEncoding.Plain);
        await queue.PutAsync("x", cancellationToken: Cancelled);
        var handler = new ScriptedHandler { Status = 204, Body = "", ContentType = null };
        using var package = new SamplePackage(AsIs).WithQueue("Collect", queue.Name);
        await using var host = await package.StartAsync(handler.Runner, azurite.ConnectionString);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.DrainAsync(Patience, Cancelled));
        Assert.Contains("Collect would hang", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Verdict.Hung, Assert.Single(host.Journal.Hangs).Judgement.Verdict);
    }

    [Fact]
    public async Task With_base64_what_does_not_decode_is_poison_unseen_and_the_rest_is_decoded()
    {
        var queue = await QueueAsync(QueueTextEncoding.Plain);
        await queue.PutAsync("not base64!", cancellationToken: Cancelled);
        await queue.PutAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes("good")), cancellationToken: Cancelled);
        var handler = new ScriptedHandler();
        using var package = new SamplePackage("\"messageEncoding\": \"base64\"").WithQueue("Collect", queue.Name);
        await using var host = await package.StartAsync(handler.Runner, azurite.ConnectionString);
        await host.DrainAsync(Patience, Cancelled);
        Assert.StartsWith("""{"Data":{"message":"\"good\""},""", Assert.Single(handler.Seen).Text, StringComparison.Ordinal);
        Assert.Equal("not base64!", Assert.Single(await PoisonAsync(queue)).WireText);
    }

    [Fact]
    public async Task A_handler_that_dies_at_a_message_is_restarted_and_the_message_comes_again()
    {
        var queue = await QueueAsync(QueueTextEncoding.Plain);
        await queue.PutAsync("x", cancellationToken: Cancelled);
        var handler = new ScriptedHandler { ExitCodeAtFirstCall = 1 };
        using var package = new SamplePackage(AsIs).WithQueue("Collect", queue.Name);
        await using var host = await package.StartAsync(handler.Runner, azurite.ConnectionString);
        await host.DrainAsync(Patience, Cancelled);
        Assert.Equal([1, 2], host.Journal.Invocations.Select(invocation => invocation.DequeueCount ?? 0));
        Assert.Equal(2, handler.Seen.Count);
        Assert.Equal([1], host.Journal.ExitCodes);
    }

    private async Task<QueueClient> QueueAsync(QueueTextEncoding encoding)
    {
        var queue = azurite.Storage().Queue(UniqueName.Next("q-"), encoding);
        await queue.CreateIfMissingAsync(Cancelled);
        return queue;
    }

    private async Task<IReadOnlyList<QueueMessage>> PoisonAsync(QueueClient queue) =>
        (await azurite.Storage().Queue(queue.Name + "-poison").GetAsync(32, Patience, Cancelled)).Value;
}
