using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Golden.Tests;

/// <summary>What was billed is what is shown: gross, net, and money that no run answers for.</summary>
public sealed class BillAndAllowanceTests
{
    private const string Records = "agent/token_usage.jsonl";
    private const string Model = "claude-sonnet-5";

    private static readonly PriceBook Prices = Rates.Of(Rates.Row(Channel.Copilot, Model, 2m, 2.5m, 0.2m, 10m));

    [Fact]
    [Trait("Golden", "G40")]
    public async Task A_net_of_zero_inside_the_pool_is_no_bill_of_zero_and_no_alarm()
    {
        await using var ledger = await new GoldenLedger(Prices).WithAsync(RunOf(20));
        await ledger.ImportAsync(GoldenBill.Detailed(GoldenBill.WorkflowRow(20)));

        var artifact = await ledger.ReconcileAsync();
        var entry = Assert.Single(artifact.Runs);
        Assert.Equal(20m, entry.BilledAiCredits);
        Assert.NotEqual(0m, entry.BilledAiCredits);
        Assert.Equal((0.2m, 0m), (entry.BilledGrossUsd, entry.BilledNetUsd));
        Assert.Equal("exact", Assert.Single(Assert.Single(entry.Models).Shares).Confidence);
        Assert.Empty(artifact.Unallocated);
        Assert.Empty(artifact.Warnings);
    }

    [Theory]
    [Trait("Golden", "G41")]
    [InlineData("0.1", "22")]
    [InlineData("22", "0.1")]
    public async Task An_estimate_off_by_220_times_stands_beside_the_bill_and_replaces_nothing(
        string estimate, string billed)
    {
        await using var ledger = await new GoldenLedger(Prices).WithAsync(RunOf(Figure.Of(estimate)));
        await ledger.ImportAsync(GoldenBill.Detailed(GoldenBill.WorkflowRow(Figure.Of(billed))));

        var entry = Assert.Single((await ledger.ReconcileAsync()).Runs);
        var row = Assert.Single(entry.Models);
        Assert.Equal((Figure.Of(estimate), Figure.Of(billed)), (entry.EstimatedAiCredits, entry.BilledAiCredits));
        Assert.Equal((Figure.Of(estimate), Figure.Of(billed)), (row.EstimatedAiCredits, row.BilledAiCredits));
        Assert.NotEqual(entry.EstimatedAiCredits, entry.BilledAiCredits);
        Assert.Contains("drift-over-25-percent", Assert.Single(row.Shares).ConfidenceReasons);
    }

    [Fact]
    [Trait("Golden", "G42")]
    public async Task Six_subscriptions_are_a_class_of_their_own_and_neither_zero_nor_a_runs()
    {
        await using var ledger = await new GoldenLedger(Prices).WithAsync(RunOf(20));
        await ledger.ImportAsync(GoldenBill.Detailed(
            [
                GoldenBill.WorkflowRow(20),
                .. Enumerable.Range(1, 6).Select(seat => GoldenBill.SeatRow($"user-{seat}", 19)),
            ]));

        var artifact = await ledger.ReconcileAsync();
        var seats = artifact.Charges.Where(charge => charge.Category == "seats").ToList();
        Assert.Equal((6, 114m), (seats.Count, seats.Sum(charge => charge.BilledGrossUsd)));
        Assert.NotEqual(0m, seats.Sum(charge => charge.BilledGrossUsd));
        Assert.Equal(114m, artifact.Unallocated
            .Where(part => part.Reason == "not-agent-usage")
            .Sum(part => part.BilledGrossUsd));
        Assert.Equal(20m, artifact.Totals.BilledAiCredits);
        Assert.Equal(20m, Assert.Single(artifact.Runs).BilledAiCredits);
    }

    [Theory]
    [Trait("Golden", "G43")]
    [InlineData("\"cli_version\":\"v0.68.3\",\"awf_version\":\"v0.25.20\"", "exact")]
    [InlineData("\"cli_version\":\"v0.68.4\"", "medium")]
    [InlineData("\"cli_version\":\"v0.71.3\"", "medium")]
    [InlineData("\"awf_version\":\"v0.25.21\"", "medium")]
    [InlineData("\"awf_version\":\"v0.25.39\"", "medium")]
    [InlineData("\"cli_version\":\"v0.71.4\",\"awf_version\":\"v0.25.40\"", "exact")]
    public async Task A_run_by_a_withdrawn_release_is_flagged_and_graded_lower(string versions, string confidence)
    {
        var run = new GoldenRun(Prices).Info(versions).PaidBy(Payer.Organization).Add(
            Records, new UsageLine("copilot", Model, 0, 20_000));
        await using var ledger = await new GoldenLedger(Prices).WithAsync(run);
        await ledger.ImportAsync(GoldenBill.Detailed(GoldenBill.WorkflowRow(20)));

        var entry = Assert.Single((await ledger.ReconcileAsync()).Runs);
        var share = Assert.Single(Assert.Single(entry.Models).Shares);
        var isWithdrawn = confidence == "medium";
        Assert.Equal(confidence, share.Confidence);
        Assert.Equal(isWithdrawn, share.ConfidenceReasons.Contains("withdrawn-release", StringComparer.Ordinal));
        Assert.Equal(isWithdrawn, entry.Warnings.Any(
            warning => warning.Code.StartsWith("withdrawn-", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Golden", "G44")]
    public void No_scope_is_ever_given_more_than_it_was_billed()
    {
        var credits = Gen.Choose(0, 400).Three();
        var worlds = credits.Zip(credits).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(worlds, world =>
        {
            var (estimates, billed) = world;
            var day = Reconcile(
                [
                    Slice(1, "acme/web", estimates.Item1),
                    Slice(2, "acme/web", estimates.Item2),
                    Slice(3, "acme/api", estimates.Item3),
                ],
                [
                    Charge("web", billed.Item1, new ChargeDimensions { Repository = Dimension.Value("acme/web") }),
                    Charge("model", billed.Item2, new ChargeDimensions { Model = Dimension.Value(Model) }),
                    Charge("all", billed.Item3, new ChargeDimensions()),
                ]);
            return day.Charges.All(row =>
                    GivenOf(day, share => share.Charge.Id == row.Charge.Id) <= row.Charge.GrossNanoCredits)
                && GivenOf(day, _ => true) <= day.Charges.Sum(row => row.Charge.GrossNanoCredits)
                && Enumerable.Range(1, 3).All(run => GivenOf(day, share => share.Slice.Run.Key.RunId == run)
                    <= day.Shares.Where(share => share.Slice.Run.Key.RunId == run)
                        .Select(share => AiCreditsOf(share.Slice)).DefaultIfEmpty(0).Max());
        }));
    }

    private static GoldenRun RunOf(decimal credits) => new GoldenRun(Prices).Info().PaidBy(Payer.Organization).Add(
        Records, new UsageLine("copilot", Model, 0, decimal.ToInt64(credits * 1_000)));

    private static decimal GivenOf(DayReconciliation day, Func<Share, bool> isMeant) =>
        day.Shares.Where(isMeant).Sum(share => (decimal)share.GrossNanoCredits);

    private static decimal AiCreditsOf(PricedSlice slice) => slice.EstimatedAiCredits!.Value.Total * 1_000_000_000m;

    private static DayReconciliation Reconcile(IReadOnlyList<PricedSlice> slices, IReadOnlyList<Charge> charges) =>
        DayReconciler.Reconcile(new AccountDay
        {
            Account = Account,
            Day = GoldenLedger.Day,
            Observations =
            [
                new Observation(
                    Account, BillView.AiCreditReport, GoldenLedger.Day, "", GoldenLedger.Now, "hash",
                    charges.Sum(charge => charge.GrossNanoCredits), "raw", charges),
            ],
            Slices = slices,
            RunsWithoutTelemetry = [],
            Prices = Prices,
        });

    private static BillingAccount Account => new(BillingAccount.GitHub, BillingAccountKind.Organization, "acme");

    private static Charge Charge(string id, int credits, ChargeDimensions names) => new()
    {
        Id = id,
        Account = Account,
        View = BillView.AiCreditReport,
        Day = GoldenLedger.Day,
        Channel = Channel.Copilot,
        Family = SkuFamily.AiCredits,
        Category = ChargeCategory.AgentOrPeople,
        Dimensions = names,
        GrossNanoCredits = credits * 1_000_000_000L,
    };

    private static PricedSlice Slice(long run, string repository, int credits) => Assert.Single(SlicePricing.Price(
        new LedgerRun(
            new RunFacts(new RunKey(RunKey.PublicHost, run, 1), "acme", repository) { Payer = Payer.Organization },
            [
                new UsageSlice(
                    new RunKey(RunKey.PublicHost, run, 1), GoldenLedger.Day, Phase.Agent, Purpose.Main, Channel.Copilot,
                    Model, false, UsageSlice.StandardTier, 0, UsageEvidence.ProxyRecords, 1, 0,
                    new TokenCounts(0, credits * 1_000L, 0)),
            ],
            new RunReport(),
            []),
        Prices));
}
