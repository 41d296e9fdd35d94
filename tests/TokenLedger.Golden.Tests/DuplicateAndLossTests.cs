using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Usage;
using TokenLedger.Storage.Sqlite;

namespace TokenLedger.Golden.Tests;

/// <summary>Every call once: however often it is told, and whenever the telling breaks off.</summary>
public sealed class DuplicateAndLossTests
{
    private const string Records = "agent/token_usage.jsonl";
    private const string Events = "copilot-session-state/one/events.jsonl";
    private const string Model = "claude-sonnet-5";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Golden", "G22")]
    [InlineData(100, 30, 100, 30, 130, 260)]
    [InlineData(900, 200, 1_100, 340, 1_440, 2_540)]
    public void A_cumulative_total_is_counted_once_however_often_it_is_written(
        long input, long output, long laterInput, long laterOutput, long expected, long wrong)
    {
        var run = new GoldenRun(GoldenRun.ShippedPrices).Info()
            .Add(
                Events,
                SessionLine.Shutdown("one", Model, 0.1m * input, (input, output, 0, 0)),
                SessionLine.Shutdown("one", Model, 0.1m * laterInput, (laterInput, laterOutput, 0, 0)))
            .FoldOne();

        Assert.Equal(expected, run.Slices.Sum(slice => slice.Tokens.Total));
        Assert.NotEqual(wrong, run.Slices.Sum(slice => slice.Tokens.Total));
    }

    [Fact]
    [Trait("Golden", "G23")]
    public void A_snapshot_that_goes_back_never_lowers_nor_doubles_and_a_new_session_starts_anew()
    {
        var snapshots = Gen.Choose(1, 1_000).NonEmptyListOf().ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(snapshots, totals =>
        {
            var run = new GoldenRun(GoldenRun.ShippedPrices).Info()
                .Add(Events, [.. totals.Select(total => SessionLine.Checkpoint("one", total))])
                .Add("copilot-session-state/two/events.jsonl", SessionLine.Checkpoint("two", 7))
                .FoldOne();
            return run.Report.SessionReportedAiCredits == totals.Max() + 7
                && (totals.Count == 1 || run.Report.SessionReportedAiCredits != totals.Sum() + 7);
        }));
    }

    [Fact]
    [Trait("Golden", "G24")]
    public void A_parents_call_told_again_under_another_id_counts_once_and_the_child_is_kept()
    {
        // The session's own copy of the proxy's events has ids of its own; roads are never added together.
        var run = new GoldenRun(GoldenRun.ShippedPrices).Info()
            .Add(
                Records,
                new UsageLine("copilot", Model, 1_000, 100) { Id = "parent" },
                new UsageLine("copilot", Model, 40, 4) { Id = "child", Purpose = "subagent" })
            .Add("aw_session.jsonl", ProxyEvent("replayed-parent", 1_000, 100))
            .FoldOne();

        Assert.Equal(1_144, run.Slices.Sum(slice => slice.Tokens.Total));
        Assert.NotEqual(2_244, run.Slices.Sum(slice => slice.Tokens.Total));
        Assert.Equal(44, run.Slices.Single(slice => slice.Purpose == Purpose.SubAgent).Tokens.Total);
    }

    [Fact]
    [Trait("Golden", "G25")]
    public void Without_a_request_id_a_copied_line_counts_once_and_another_call_is_kept()
    {
        string first = new UsageLine("copilot", Model, 100, 10) { Id = null };
        string second = new UsageLine("copilot", Model, 100, 10) { Id = null, Time = "2026-11-03T09:15:07.000Z" };
        var run = new GoldenRun(GoldenRun.ShippedPrices)
            .Add(Records, first, second)
            .Add("agent/sandbox/firewall/audit/api-proxy-logs/token-usage.jsonl", first)
            .FoldOne();

        var slice = Assert.Single(run.Slices);
        Assert.Equal(2, slice.Requests);
        Assert.NotEqual(3, slice.Requests);
        Assert.NotEqual(1, slice.Requests);
    }

    [Fact]
    [Trait("Golden", "G26")]
    public void A_row_stored_twice_under_two_row_ids_is_one_call()
    {
        var slice = GoldenRun.SliceOf(
            GoldenRun.ShippedPrices,
            new UsageLine("copilot", Model, 100, 10) { Extra = "\"row_id\":1" },
            new UsageLine("copilot", Model, 100, 10) { Extra = "\"row_id\":2" });

        Assert.Equal(1, slice.Requests);
        Assert.NotEqual(220, slice.Tokens.Total);
    }

    [Fact]
    [Trait("Golden", "G27")]
    public void Two_identical_requests_with_ids_of_their_own_are_two_calls()
    {
        var slice = GoldenRun.SliceOf(
            GoldenRun.ShippedPrices,
            new UsageLine("copilot", Model, 100, 10) { Id = "r-1" },
            new UsageLine("copilot", Model, 100, 10) { Id = "r-2" });

        Assert.Equal(2, slice.Requests);
        Assert.NotEqual(110, slice.Tokens.Total);
    }

    [Fact]
    [Trait("Golden", "G28")]
    public async Task A_write_that_dies_anywhere_claims_nothing_and_its_retry_counts_once()
    {
        var run = new GoldenRun(GoldenRun.ShippedPrices).Info()
            .Add(Records, new UsageLine("copilot", Model, 100, 10))
            .Fold();
        await using var ledger = new GoldenLedger(GoldenRun.ShippedPrices);
        var deaths = 0;
        for (var isStored = false; !isStored; deaths++)
        {
            var path = ledger.PathOf($"killed-{deaths}.db");
            var left = deaths;
            void DieInTime() => _ = left-- == 0 ? throw new IOException("killed") : 0;
            await using (var dying = new SqliteLedgerStore(path, DieInTime))
                isStored = await Record.ExceptionAsync(() => dying.StoreRunAsync(run, Token)) is null;
            await using var store = new SqliteLedgerStore(path);
            Assert.Equal(!isStored, await store.StoreRunAsync(run, Token) is not null);
            var known = Assert.Single(await store.ReadRunsAsync(null, null, Token).ToListAsync(Token));
            Assert.Equal(1, known.Slices.Sum(slice => slice.Requests));
        }

        Assert.InRange(deaths, 3, 20);
    }

    [Fact]
    [Trait("Golden", "G29")]
    public async Task A_run_told_of_five_times_is_taken_once()
    {
        await using var ledger = new GoldenLedger(GoldenRun.ShippedPrices);
        var changes = 0;
        for (var time = 0; time < 5; time++)
        {
            var folder = Directory.CreateDirectory(ledger.PathOf($"usage-{time}"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "aw_info.json"), """{"run_id":4711,"repository":"acme/web"}""", Token);
            Directory.CreateDirectory(Path.Combine(folder.FullName, "agent"));
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, Records), new UsageLine("copilot", Model, 100, 10) + "\n", Token);
            var outcome = await ledger.IngestAsync(folder.FullName);
            changes += outcome.Runs.Count(run => run.IsChanged);
        }

        var known = Assert.Single(await ledger.Store.ReadRunsAsync(null, null, Token).ToListAsync(Token));
        Assert.Equal(1, known.Slices.Sum(slice => slice.Requests));
        Assert.Equal(1, changes);
        Assert.NotEqual(5, changes);
    }

    [Fact]
    [Trait("Golden", "G30")]
    public void A_source_that_has_expired_takes_nothing_away()
    {
        string[] calls =
        [
            .. Enumerable.Range(0, 12_530)
                .Select(call => new UsageLine("copilot", Model, 100, 10) { Id = $"r-{call}" }.ToString()),
        ];
        var run = new GoldenRun(GoldenRun.ShippedPrices)
            .AddTo("a-later-upload", Records, calls[..560])
            .AddTo("the-first-upload", Records, calls)
            .FoldOne();

        var slice = Assert.Single(run.Slices);
        Assert.Equal(12_530, slice.Requests);
        Assert.NotEqual(560, slice.Requests);
        Assert.NotEqual(13_090, slice.Requests);
    }

    [Fact]
    [Trait("Golden", "G31")]
    public async Task Overlapping_exports_of_a_bill_are_looks_at_one_bill()
    {
        var first = GoldenBill.AiReport(
            GoldenBill.AiRow(10, date: "2026-11-01"), GoldenBill.AiRow(20, date: "2026-11-02"));
        var second = GoldenBill.AiReport(
            GoldenBill.AiRow(20, date: "2026-11-02"), GoldenBill.AiRow(40, date: "2026-11-03"));
        await using var ledger = new GoldenLedger(GoldenRun.ShippedPrices);
        await ledger.ImportAsync(first);
        await ledger.ImportAsync(second);
        await ledger.ImportAsync(second);

        var artifact = await ledger.ReconcileAsync(new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 4));
        Assert.Equal(70m, artifact.Totals.BilledAiCredits);
        Assert.NotEqual(90m, artifact.Totals.BilledAiCredits);
        Assert.NotEqual(150m, artifact.Totals.BilledAiCredits);
        Assert.Equal(3, artifact.Charges.Count);
    }

    private static string ProxyEvent(string id, long input, long output) =>
        "{\"type\":\"firewall.token_usage\",\"provenance\":{\"phase\":\"agent\",\"timestampMs\":1793697300000},"
        + "\"data\":{\"provider\":\"copilot\",\"model\":\"" + Model + "\",\"requestId\":\"" + id + "\",\"status\":200,"
        + "\"usage\":{\"inputTokens\":" + Text(input) + ",\"outputTokens\":" + Text(output) + "}}}";

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
