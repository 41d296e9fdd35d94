using TokenLedger.Storage.Azure.Queues;
using TokenLedger.Storage.Azure.Tests.Fakes;

namespace TokenLedger.Storage.Azure.Tests.Queues;

/// <summary>Nothing is sent: the transport has no answer to give.</summary>
public sealed class QueueLimitsTests
{
    private static readonly QueueClient Queue = FakeAccount.WithKey(new()).Queue("parse-runs");

    private static readonly QueueClient Plain = FakeAccount.WithKey(new()).Queue("parse-runs", QueueTextEncoding.Plain);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_of_more_than_64_KiB_when_encoded_is_refused()
    {
        Assert.Contains("64 KiB", await RefusedAsync(Queue, new('x', 49_153)), StringComparison.Ordinal);
        Assert.Contains("64 KiB", await RefusedAsync(Plain, new('x', 65_537)), StringComparison.Ordinal);
        Assert.Contains("64 KiB", await RefusedAsync(Plain, new('é', 32_769)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_message_with_a_character_that_xml_cannot_hold_is_refused() => await RefusedAsync(Plain, "\u0001");

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public async Task One_to_32_messages_are_taken(int count) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => Queue.GetAsync(count, TimeSpan.FromSeconds(1), Cancelled));

    [Theory]
    [InlineData(-1)]
    [InlineData((7 * 86_400) + 1)]
    public async Task A_visibility_time_out_is_at_most_7_days(int seconds)
    {
        var timeout = TimeSpan.FromSeconds(seconds);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.PutAsync("x", timeout, cancellationToken: Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.GetAsync(1, timeout, Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.ExtendAsync(new("i", "r", "", 1), timeout, null, Cancelled));
    }

    [Fact]
    public async Task A_taken_message_is_hidden_for_a_second_at_least() => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => Queue.GetAsync(1, TimeSpan.Zero, Cancelled));

    [Fact]
    public async Task A_message_lives_longer_than_it_is_hidden()
    {
        var second = TimeSpan.FromSeconds(1);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.PutAsync("x", second, second, Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Queue.PutAsync("x", null, TimeSpan.Zero, Cancelled));
    }

    private static async Task<string> RefusedAsync(QueueClient queue, string text) =>
        (await Assert.ThrowsAsync<ArgumentException>(() => queue.PutAsync(text, cancellationToken: Cancelled))).Message;
}
