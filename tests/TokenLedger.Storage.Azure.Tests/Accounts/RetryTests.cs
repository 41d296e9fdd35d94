using System.Diagnostics;
using TokenLedger.Storage.Azure.Accounts;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tests.Fakes;

namespace TokenLedger.Storage.Azure.Tests.Accounts;

public sealed class RetryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_failure_that_may_pass_is_repeated_with_the_same_body(int status)
    {
        var transport = new FakeTransport(new(status), new(status), new FakeResponse(204));
        var table = FakeAccount.WithKey(transport).Table("runs");
        Assert.True((await table.InsertAsync(new("p", "r") { ["A"] = 5L }, Cancelled)).IsDone);
        Assert.Equal(3, transport.Sent.Count);
        Assert.Single(transport.Sent.Select(sent => sent.Body).Distinct());
        Assert.Contains("\"A\":\"5\"", transport.Sent[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(507)]
    public async Task Another_failure_is_not_repeated(int status)
    {
        var transport = new FakeTransport(new FakeResponse(status, "", ("x-ms-error-code", "SomeCode")));
        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => FakeAccount.WithKey(transport).Queue("parse-runs").ApproximateCountAsync(Cancelled));
        Assert.Equal((status, "SomeCode", status == 507), (failure.Status, failure.ErrorCode, failure.IsTransient));
        Assert.Single(transport.Sent);
    }

    [Fact]
    public async Task Attempts_have_an_end()
    {
        var transport = new FakeTransport(new(503), new(503), new(503), new FakeResponse(503, "<Error><Code>ServerBusy</Code></Error>"));
        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => FakeAccount.WithKey(transport).Container("logs").CreateIfMissingAsync(Cancelled));
        Assert.Equal((503, "ServerBusy", true), (failure.Status, failure.ErrorCode, failure.IsTransient));
        Assert.Equal(4, transport.Sent.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_wait_that_the_service_asks_for_is_kept(int status)
    {
        var transport = new FakeTransport(new(status, "", ("Retry-After", "1")), new FakeResponse(204));
        var start = Stopwatch.GetTimestamp();
        await FakeAccount.WithKey(transport).Table("runs").CreateIfMissingAsync(Cancelled);
        // Our own waits are of 2 ms at most; longer ones are allowed, so a slow machine decides nothing.
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(0.9));
        Assert.Equal(2, transport.Sent.Count);
    }

    [Theory]
    [InlineData("31", 31)]
    [InlineData("Sun, 22 Nov 2026 04:25:02 GMT", null)]
    public async Task A_longer_wait_is_not_slept_over_but_told(string wait, int? seconds)
    {
        var transport = new FakeTransport(new FakeResponse(503, "", ("Retry-After", wait)));
        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => FakeAccount.WithKey(transport).Table("runs").CreateIfMissingAsync(Cancelled));
        Assert.Single(transport.Sent);
        if (seconds is { } exactly)
            Assert.Equal(TimeSpan.FromSeconds(exactly), failure.RetryAfter);
        else
            Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task No_answer_at_all_is_a_failure_that_may_pass()
    {
        var transport = new FakeTransport { BeforeAnswer = () => throw new IOException("The connection broke.") };
        var failure = await Assert.ThrowsAsync<StorageFailureException>(
            () => FakeAccount.WithKey(transport).Table("runs").CreateIfMissingAsync(Cancelled));
        Assert.Equal((0, null, true), (failure.Status, failure.ErrorCode, failure.IsTransient));
        Assert.Equal(4, transport.Sent.Count);
    }

    [Fact]
    public async Task A_cancelled_request_is_cancelled_and_not_a_failure_of_storage()
    {
        using var source = new CancellationTokenSource();
        var transport = new FakeTransport { BeforeAnswer = () => { source.Cancel(); source.Token.ThrowIfCancellationRequested(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => FakeAccount.WithKey(transport).Table("runs").CreateIfMissingAsync(source.Token));
    }

    [Fact]
    public void Bodies_are_not_logged_and_waits_are_bounded()
    {
        var options = new StorageClientOptions();
        Assert.False(options.Diagnostics.IsLoggingContentEnabled);
        Assert.InRange(options.Retry.NetworkTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.DoesNotContain("Authorization", options.Diagnostics.LoggedHeaderNames);
        Assert.DoesNotContain("sig", options.Diagnostics.LoggedQueryParameters);
        Assert.DoesNotContain("popreceipt", options.Diagnostics.LoggedQueryParameters);
    }
}
