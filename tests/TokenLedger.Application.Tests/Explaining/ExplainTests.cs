using TokenLedger.Application.Configuration;
using TokenLedger.Application.Days;
using TokenLedger.Application.Explaining;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Settlement;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Testing.InMemory;

namespace TokenLedger.Application.Tests.Explaining;

/// <summary>What stands in the ledger is told whole, however much it is.</summary>
public sealed class ExplainTests : IAsyncDisposable
{
    private const string ChargeId = "0123456789abcdef0123456789abcdef";
    private const int Runs = 10_000;

    private static readonly DateOnly Day = new(2026, 11, 3);
    private static readonly DateTimeOffset Now = new(2026, 11, 5, 6, 0, 0, TimeSpan.Zero);
    private static readonly BillingAccount Acme = new("github", BillingAccountKind.Organization, "acme");

    private readonly InMemoryLedgerStore store = new();
    private readonly InMemoryDayLedger days = new();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task A_charge_of_ten_thousand_runs_is_told_in_a_page_and_adds_up()
    {
        await FillAsync();

        var root = (await ExplainAsync(ExplanationSubject.OfCharge(ChargeId)!))!.Root;

        Assert.Equal(ExplanationBounds.ChildrenMax, root.Children.Count);
        Assert.Equal(Runs + 5, root.Figures.GrossNanoCredits);
        Assert.Equal(root.Figures, ExplanationNode.SumOf(root.Children));
        Assert.Contains(root.Children, child => child.Label.StartsWith("others (", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_day_of_ten_thousand_runs_is_told_by_workflow()
    {
        await FillAsync();

        var account = Assert.Single((await ExplainAsync(ExplanationSubject.OfDay(Day)))!.Root.Children);
        var charge = Assert.Single(account.Children, child => child.Kind == ExplanationKind.Charge);

        Assert.Equal(Runs + 5, account.Figures.GrossNanoCredits);
        Assert.Equal(account.Figures.GrossNanoCredits, ExplanationNode.SumOf(account.Children).GrossNanoCredits);
        Assert.Equal(charge.Figures, ExplanationNode.SumOf(charge.Children));
        Assert.Equal(
            ["acme/web/.github/workflows/a.lock.yml", "unallocated: other-usage"],
            charge.Children.Select(child => child.Label));
    }

    [Fact]
    public async Task A_repository_whose_runs_the_ledger_lost_is_still_told_by_its_shares()
    {
        await FillAsync();

        var root = (await ExplainAsync(ExplanationSubject.OfRepository("Acme/Web")!))!.Root;

        Assert.Equal(Runs, root.Figures.GrossNanoCredits);
        Assert.Null(root.Figures.EstimatedAiCredits);
        Assert.True(root.Figures.TellsEstimate);
        Assert.Null(await ExplainAsync(ExplanationSubject.OfRepository("acme/api")!));
        Assert.Null(await ExplainAsync(ExplanationSubject.OfWorkflow("acme/web", "b.lock.yml")!));
    }

    private Task<ExplanationDocument?> ExplainAsync(ExplanationSubject subject) =>
        new Explain(store, days, PriceBookReader.Shipped(), new LedgerConfiguration()).ExecuteAsync(
            new ExplanationRequest(subject, Day, Day.AddDays(1)), TestContext.Current.CancellationToken);

    private async Task FillAsync()
    {
        var charge = new Charge
        {
            Id = ChargeId, Account = Acme, View = BillView.AiCreditUsage, Day = Day, Channel = Channel.Copilot,
            Family = SkuFamily.AiCredits, Category = ChargeCategory.AgentOrPeople, Sku = "copilot_ai_credit",
            Dimensions = new ChargeDimensions(), GrossNanoCredits = Runs + 5, NetNanoCredits = Runs + 5,
        };
        await store.StoreObservationAsync(
            new Observation(Acme, BillView.AiCreditUsage, Day, "", Now, "hash", Runs + 5, "raw", [charge]),
            TestContext.Current.CancellationToken);
        var shares = Enumerable.Range(1, Runs).Select(run => new ShareRow(
            ChargeId, new RunKey("github.com", run, 1), "acme/web", ".github/workflows/a.lock.yml", Phase.Agent,
            Purpose.Main, Channel.Copilot, "gpt-5-5", false, "standard", "default", 1, 1, 0, 2,
            AllocationMethod.PricedWithinBill, Confidence.Medium, "shared-bucket,split-by-estimate"));
        await days.StoreAsync(
            new ReconciledDay(
                new DaySettlement(Acme, Day, SettlementStatus.Provisional, 1, Now, Now), "input", Now,
                new DayTotals(null, Runs + 5, Runs + 5, Runs, 5, Runs, 0), [.. shares],
                [new UnallocatedRow(ChargeId, UnallocatedReason.OtherUsage, "", 5, 5)], []),
            TestContext.Current.CancellationToken);
    }
}
