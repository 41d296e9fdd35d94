using TokenLedger.Application.Days;
using TokenLedger.Application.Explaining;
using TokenLedger.Application.Runs;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Tests.Explaining;

public sealed class RunExplanationTests
{
    private static readonly DateOnly Day = new(2026, 11, 3);
    private static readonly RunKey Key = new("github.com", 7, 1);
    private static readonly BillingAccount Acme = new("github", BillingAccountKind.Organization, "acme");

    private static readonly PriceBook Prices = new(
        new ModelNames([]),
        [Row("m", 0, 3m, 15m), Row("m", 200_000, 6m, 22.5m), Row("gap", 0, 3m, null)],
        [new AutoDiscount(Channel.Copilot, null, null, 10m)],
        "prices");

    [Fact]
    public void Each_row_of_the_price_book_is_a_part_with_its_discount_and_band()
    {
        var day = DayOf(
            [Slice("m", 0, isAuto: true), Slice("m", 32_000, isAuto: true), Slice("m", 200_000, isAuto: true)], []);

        var slices = day.Children.Where(child => child.Kind == ExplanationKind.Slice).ToList();
        Assert.Equal(["default", "long"], slices.Select(slice => Fact(slice, "contextBand")));
        Assert.All(slices, slice => Assert.Equal(
            slice.Figures.EstimatedAiCredits, ExplanationNode.SumOf(slice.Children).EstimatedAiCredits));
        // Two bands that one row prices are one part: 2 × 1,000 tokens at 3 USD per million, a tenth off.
        var input = slices[0].Children.First(child => child.Kind == ExplanationKind.Price);
        Assert.Equal(("2000", "3", "10"), (Fact(input, "tokens"), Fact(input, "usdPerMillionTokens"), Fact(input, "discountPercent")));
        Assert.Equal(0.54m, input.Figures.EstimatedAiCredits);
        Assert.Null(Fact(input, "promptsOverTokens"));
        Assert.Equal("200000", Fact(slices[1].Children[0], "promptsOverTokens"));
    }

    [Theory]
    [InlineData("gap", "no-price-for-kind")]
    [InlineData("unheard-of", "unknown-model")]
    public void What_has_no_price_is_unknown_and_says_why(string model, string code)
    {
        var slice = DayOf([Slice(model, 0, isAuto: false)], []).Children[0];

        Assert.True(slice.Figures.TellsEstimate);
        Assert.Null(slice.Figures.EstimatedAiCredits);
        Assert.DoesNotContain(slice.Children, child => child.Kind == ExplanationKind.Price);
        Assert.Contains(slice.Children, child => Fact(child, "code") == code);
    }

    [Fact]
    public void A_share_of_usage_that_the_run_has_no_more_is_not_lost()
    {
        var share = new ShareRow(
            "charge", Key, "acme/web", null, Phase.Agent, Purpose.Main, Channel.Copilot, "old", false, "standard",
            "default", 5, null, 0, 9, AllocationMethod.Matched, Confidence.Low, "payer-unknown");

        var day = DayOf([Slice("m", 0, isAuto: false)], [share]);

        Assert.Equal((5L, null), (day.Figures.GrossNanoCredits, day.Figures.NetNanoCredits));
        var gone = Assert.Single(day.Children, child => child.Kind == ExplanationKind.Share);
        Assert.Contains("no more", gone.Label, StringComparison.Ordinal);
        Assert.Contains(gone.Children, child => child.Kind == ExplanationKind.Line);
    }

    private static ExplanationNode DayOf(IReadOnlyList<UsageSlice> slices, IReadOnlyList<ShareRow> shares)
    {
        var run = new RunWithShares(
            [new LedgerRun(new RunFacts(Key, "acme", "acme/web"), slices, new RunReport(), [])],
            [],
            [.. shares.Select(share => (Day, Acme, share))],
            new HashSet<Channel>());
        var lines = new Dictionary<(BillingAccount, DateOnly), BillLines> { [(Acme, Day)] = new([]) };
        return new RunExplanation(run, lines, Prices).Create().Children[0].Children[0];
    }

    private static UsageSlice Slice(string model, long band, bool isAuto) => new(
        Key, Day, Phase.Agent, Purpose.Main, Channel.Copilot, model, isAuto, "standard", band,
        UsageEvidence.ProxyRecords, 1, 10, new TokenCounts(1_000, 100, 0));

    private static PriceRow Row(string model, long threshold, decimal input, decimal? output) => new(
        Channel.Copilot, model, null, null, threshold, new UnitPrices(input, output, null, null, null), "a list", Day, true);

    private static string? Fact(ExplanationNode node, string name) =>
        node.Facts.FirstOrDefault(fact => fact.Name == name)?.Text;
}
