using TokenLedger.Storage.Azure.Blobs;
using TokenLedger.Storage.Azure.Tests.Fakes;

namespace TokenLedger.Storage.Azure.Tests.Blobs;

/// <summary>Nothing is sent: the transport has no answer to give.</summary>
public sealed class BlobLimitsTests
{
    private static readonly BlobContainerClient Container = FakeAccount.WithKey(new()).Container("logs");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ab")]
    [InlineData("Logs")]
    [InlineData("-logs")]
    [InlineData("logs-")]
    [InlineData("lo--gs")]
    [InlineData("lo_gs")]
    [InlineData("logs\n")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void A_name_of_a_container_or_queue_outside_the_rule_is_refused(string name)
    {
        Assert.Contains("container", Assert.Throws<ArgumentException>(() => FakeAccount.WithKey(new()).Container(name)).Message, StringComparison.Ordinal);
        Assert.Contains("queue", Assert.Throws<ArgumentException>(() => FakeAccount.WithKey(new()).Queue(name)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a.")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public async Task A_blob_name_that_the_service_would_change_or_refuse_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Container.PutAsync(name, Stream.Null, null, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => Container.GetAsync(name, cancellationToken: Cancelled));
        Assert.Throws<ArgumentException>(() => Container.Lease(name));
    }

    [Fact]
    public void A_blob_name_has_at_most_1024_characters_and_254_segments()
    {
        BlobLimits.CheckName(new('a', 1_024));
        BlobLimits.CheckName(string.Join('/', Enumerable.Repeat("a", 254)));
        Assert.Contains("1024", Assert.Throws<ArgumentException>(() => BlobLimits.CheckName(new('a', 1_025))).Message, StringComparison.Ordinal);
        Assert.Contains("254", Assert.Throws<ArgumentException>(
            () => BlobLimits.CheckName(string.Join('/', Enumerable.Repeat("a", 255)))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sha", "x")]
    [InlineData("a-b", "x")]
    [InlineData("", "x")]
    [InlineData("a", "")]
    [InlineData("a", "x\r\nx-ms-lease-id: y")]
    [InlineData("a", "naïve")]
    [InlineData("a", " x")]
    public async Task Metadata_that_no_header_can_carry_is_refused(string name, string value) => await Assert.ThrowsAsync<ArgumentException>(
        () => Container.PutAsync("a", Stream.Null, new() { Metadata = new Dictionary<string, string> { [name] = value } }, Cancelled));

    [Fact]
    public async Task More_than_8_KiB_of_metadata_are_refused()
    {
        var metadata = new Dictionary<string, string> { ["a"] = new('x', 8_192) };
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Container.PutAsync("a", Stream.Null, new() { Metadata = metadata }, Cancelled));
        Assert.Contains("8 KiB", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(61)]
    public async Task A_lease_lasts_15_to_60_seconds(int seconds) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => Container.Lease("a").AcquireAsync(TimeSpan.FromSeconds(seconds), Cancelled));

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, 0L)]
    public async Task A_part_begins_in_the_blob_and_has_a_byte(long offset, long? length) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => Container.GetAsync("a", offset, length, cancellationToken: Cancelled));

    [Fact]
    public void A_page_of_a_list_has_at_most_5000_items() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Container.ListAsync(null, 5_001, Cancelled));
}
