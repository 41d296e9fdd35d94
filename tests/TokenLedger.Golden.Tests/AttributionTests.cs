using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.TokenLogs;

namespace TokenLedger.Golden.Tests;

/// <summary>Who, for whom, and how much of it: known or left open, never guessed.</summary>
public sealed class AttributionTests
{
    private const string Records = "agent/token_usage.jsonl";
    private const string Model = "claude-sonnet-5";

    private static readonly PriceBook Prices = Rates.Of(Rates.Row(Channel.Copilot, Model, 2m, 2.5m, 0.2m, 10m));

    [Fact]
    [Trait("Golden", "G49")]
    public async Task A_billed_user_that_no_run_is_paid_by_keeps_a_row_and_nothing_vanishes()
    {
        await using var ledger = await new GoldenLedger(Prices).WithAsync(RunPaidBy("mona"));
        await ledger.ImportAsync(GoldenBill.AiReport(GoldenBill.AiRow(20, user: "mona_acme")));

        var artifact = await ledger.ReconcileAsync();
        Assert.Equal((20m, 0m), (artifact.Totals.BilledAiCredits, artifact.Totals.AllocatedAiCredits));
        var rest = Assert.Single(artifact.Unallocated);
        Assert.Equal(20m, rest.BilledAiCredits);
        Assert.NotEqual(0m, rest.BilledAiCredits);
        Assert.Equal("mona_acme", Assert.Single(artifact.Charges).User);
        var entry = Assert.Single(artifact.Runs);
        Assert.Equal((20m, (decimal?)null), (entry.EstimatedAiCredits, entry.BilledAiCredits));
    }

    [Fact]
    [Trait("Golden", "G50")]
    public async Task The_bill_follows_the_payer_and_the_actor_is_only_shown()
    {
        // Alice started the run; the token is the bot's.
        await using var ledger = await new GoldenLedger(Prices).WithAsync(RunPaidBy("token-bot"));
        await ledger.ImportAsync(GoldenBill.AiReport(
            GoldenBill.AiRow(20, user: "token-bot"), GoldenBill.AiRow(15, user: "alice")));

        var artifact = await ledger.ReconcileAsync();
        var entry = Assert.Single(artifact.Runs);
        Assert.Equal(("alice", "user:token-bot"), (entry.Actor, entry.Payer));
        Assert.Equal(20m, entry.BilledAiCredits);
        Assert.NotEqual(15m, entry.BilledAiCredits);
        Assert.NotEqual(35m, entry.BilledAiCredits);
        Assert.Equal(15m, Assert.Single(artifact.Unallocated).BilledAiCredits);
    }

    [Theory]
    [Trait("Golden", "G51")]
    [InlineData("\"context\":{\"item_type\":\"pull_request\",\"item_number\":45}", 45L)]
    [InlineData("\"context\":{\"item_type\":\"issue\",\"item_number\":45}", null)]
    [InlineData("\"ref\":\"refs/heads/pr-123/fix\"", null)]
    [InlineData("\"ref\":\"refs/pull/123/merge\",\"branch\":\"123-fix\"", null)]
    public void A_pull_request_comes_from_the_runs_context_and_never_from_a_branchs_name(string fields, long? expected)
    {
        var run = new GoldenRun(Prices).Info(fields).FoldOne();

        Assert.Equal(expected, run.Facts.PullRequest);
        Assert.NotEqual(123L, run.Facts.PullRequest);
    }

    [Fact]
    [Trait("Golden", "G55")]
    public void Memory_does_not_grow_with_the_file()
    {
        // One core, so that everything is allocated on this thread and can be counted.
        var (small, smallBytes) = Read(megabytes: 8);
        var (large, largeBytes) = Read(megabytes: 96);

        Assert.Equal(12 * small.Total, large.Total);
        Assert.Equal(large.Total, large.Accepted + large.Duplicate);
        Assert.InRange(largeBytes - smallBytes, long.MinValue, 8 * 1024 * 1024);
        Assert.NotEqual(0, smallBytes);
    }

    private static (LineCounts Counts, long AllocatedBytes) Read(int megabytes)
    {
        using var stream = new EndlessLog(
            new UsageLine("copilot", Model, 100, 10) { Extra = $"\"padding\":\"{new string('x', 600)}\"" } + "\n",
            megabytes * 1024);
        var accumulator = new UsageAccumulator(RunKey.PublicHost, 4711, [], Prices, workers: 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var counts = accumulator.AddFile(
            stream, new UsageFileContext(Records, Phase.Agent, 1), problem => Assert.Fail(problem.Message),
            TestContext.Current.CancellationToken);
        return (counts, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static GoldenRun RunPaidBy(string login) => new GoldenRun(Prices).Info().PaidBy(Payer.User(login)).Add(
        Records, new UsageLine("copilot", Model, 0, 20_000));
}
