using System.Text;
using System.Text.Json;
using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Golden.Tests;

/// <summary>The right row, of the right day, in full precision, or none.</summary>
public sealed class PriceTests
{
    private const string Records = "agent/token_usage.jsonl";

    [Fact]
    [Trait("Golden", "G32")]
    public void The_shipped_price_is_the_one_of_the_usages_day_and_not_an_announced_one()
    {
        // The rise to 3/3.75/0.30/15 announced for 2026-09-01 was cancelled.
        var slices = GoldenRun.SlicesOf(
            GoldenRun.ShippedPrices,
            new UsageLine("anthropic", "claude-sonnet-5", 75_500, 4_960_000, Read: 1_990_000_000, Write: 28_810_000));

        Assert.Equal(519.776m, Rates.Usd(GoldenRun.ShippedPrices, slices));
        Assert.NotEqual(779.664m, Rates.Usd(GoldenRun.ShippedPrices, slices));
    }

    [Theory]
    [Trait("Golden", "G32")]
    [InlineData("2026-11-02T23:59:59.999Z", "20", "30")]
    [InlineData("2026-11-03T00:00:00.000Z", "30", "20")]
    public void A_dated_row_holds_from_its_first_day_to_the_next_rows(string time, string right, string wrong)
    {
        var prices = Rates.Of(
            Rates.Row(Channel.Anthropic, "claude-sonnet-5", 2m, 2.5m, 0.2m, 10m, to: GoldenLedger.Day),
            Rates.Row(Channel.Anthropic, "claude-sonnet-5", 3m, 3.75m, 0.3m, 15m, from: GoldenLedger.Day));
        var slices = GoldenRun.SlicesOf(
            prices, new UsageLine("anthropic", "claude-sonnet-5", 0, 20_000) { Time = time });

        Assert.Equal(Figure.Of(right), Rates.Credits(prices, slices));
        Assert.NotEqual(Figure.Of(wrong), Rates.Credits(prices, slices));
    }

    [Fact]
    [Trait("Golden", "G33")]
    public async Task A_model_without_a_price_leaves_a_hole_in_the_total_and_no_zero()
    {
        var prices = GoldenRun.ShippedPrices;
        var run = new GoldenRun(prices).Info().PaidBy(Payer.Organization).Add(
            Records, new UsageLine("copilot", "nova-premier-9", 162_000_000, 328_131) { Path = "/chat/completions" });
        await using var ledger = await new GoldenLedger(prices).WithAsync(run);

        var artifact = await ledger.ReconcileAsync();
        var entry = Assert.Single(artifact.Runs);
        Assert.Null(entry.EstimatedAiCredits);
        Assert.NotEqual(0m, entry.EstimatedAiCredits);
        Assert.Equal("unpriced", Assert.Single(entry.Models).State);
        Assert.Equal(1, artifact.Totals.UnpricedRequests);
        Assert.Contains(artifact.Warnings, warning => warning.Code == "unpriced-usage");
    }

    [Theory]
    [Trait("Golden", "G34")]
    [InlineData("claude-sonnet-5-turbo", 0, UnpricedReason.UnknownModel)]
    [InlineData("sonnet-5", 0, UnpricedReason.UnknownModel)]
    [InlineData("claude-sonnet", 0, UnpricedReason.UnknownModel)]
    [InlineData("reseller/claude-sonnet-5", 7, UnpricedReason.NoPriceForKind)]
    public void A_name_that_is_nearly_a_models_and_a_missing_rate_are_refused_with_the_reason(
        string model, long write, UnpricedReason reason)
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "claude-sonnet-5", 2m, null, 0.2m, 10m));
        var estimate = prices.EstimateOf(
            GoldenRun.SliceOf(prices, new UsageLine("copilot", model, 0, 100, Write: write)));

        Assert.Null(estimate.AiCredits);
        Assert.NotEqual(0.1m, estimate.AiCredits?.Total);
        Assert.Equal(reason, estimate.Unpriced);
    }

    [Fact]
    [Trait("Golden", "G35")]
    public void Two_prices_that_disagree_make_no_price_book()
    {
        Assert.NotNull(Read(FileOf(PriceOf("2.5")), out _));
        Assert.Null(Read(FileOf(PriceOf("2.5"), PriceOf("0.75")), out var problems));
        Assert.Contains(problems, problem => problem.Message.Contains("gpt-5-4", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Golden", "G36")]
    [InlineData(144_519, "86.7789", "43.38945")]
    [InlineData(128_000, "38.43375", "76.8675")]
    public void The_long_prompt_tier_is_chosen_by_the_prompt_of_the_call(long input, string right, string wrong)
    {
        var prices = Rates.Of(
            Rates.Row(Channel.OpenAI, "grok-4", 3m, null, 0.75m, 7.5m),
            Rates.Row(Channel.OpenAI, "grok-4", 6m, null, 1.5m, 15m, promptTokensAbove: 128_000));
        var slices = GoldenRun.SlicesOf(
            prices, new UsageLine("openai", "grok-4", input, 45) { Path = "/chat/completions" });

        Assert.Equal(Figure.Of(right), Rates.Credits(prices, slices));
        Assert.NotEqual(Figure.Of(wrong), Rates.Credits(prices, slices));
    }

    [Fact]
    [Trait("Golden", "G36")]
    public void Two_short_calls_do_not_add_up_to_a_long_prompt()
    {
        var prices = Rates.Of(
            Rates.Row(Channel.OpenAI, "grok-4", 3m, null, 0.75m, 7.5m),
            Rates.Row(Channel.OpenAI, "grok-4", 6m, null, 1.5m, 15m, promptTokensAbove: 128_000));
        var slices = GoldenRun.SlicesOf(
            prices,
            new UsageLine("openai", "grok-4", 100_000, 0) { Path = "/chat/completions" },
            new UsageLine("openai", "grok-4", 100_000, 0) { Path = "/chat/completions", Id = "r-2" });

        Assert.Equal(60m, Rates.Credits(prices, slices));
        Assert.NotEqual(120m, Rates.Credits(prices, slices));
    }

    [Fact]
    [Trait("Golden", "G37")]
    public void A_rate_keeps_its_third_decimal()
    {
        var slices = GoldenRun.SlicesOf(
            GoldenRun.ShippedPrices,
            new UsageLine("copilot", "gpt-5.4-mini", 1_000_000, 0, Read: 1_000_000) { Path = "/responses" });

        Assert.Equal(7.5m, Rates.Credits(GoldenRun.ShippedPrices, slices));
        Assert.NotEqual(7m, Rates.Credits(GoldenRun.ShippedPrices, slices));
    }

    [Fact]
    [Trait("Golden", "G38")]
    public async Task Uncached_input_billed_at_the_write_rate_shows_as_drift_and_prices_stay_as_they_are()
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "claude-sonnet-5", 2m, 2.5m, 0.2m, 10m));
        var run = new GoldenRun(prices).Info().PaidBy(Payer.Organization).Add(
            Records, new UsageLine("copilot", "claude-sonnet-5", 30_000, 5_000, Read: 450_000));
        await using var ledger = await new GoldenLedger(prices).WithAsync(run);
        var bill = GoldenBill.Detailed(GoldenBill.WorkflowRow(21.5m));
        await ledger.ImportAsync(bill, GoldenLedger.Now.AddDays(-30));
        await ledger.ImportAsync(bill + "\n", GoldenLedger.Now.AddDays(-20));

        var artifact = await ledger.ReconcileAsync();
        Assert.Equal(7.5m, artifact.Totals.DriftPercent);
        Assert.NotEqual(0m, artifact.Totals.DriftPercent);
        Assert.Equal(20m, artifact.Totals.EstimatedAiCredits);
        Assert.Equal(21.5m, artifact.Totals.AllocatedAiCredits);
    }

    [Fact]
    [Trait("Golden", "G39")]
    public async Task New_prices_leave_the_history_as_it_was_and_every_result_names_its_price_book()
    {
        var before = Rates.Of(Rates.Row(Channel.Copilot, "claude-sonnet-5", 2m, 2.5m, 0.2m, 6.8m));
        var after = new PriceBook(
            new ModelNames([]),
            [
                Rates.Row(Channel.Copilot, "claude-sonnet-5", 2m, 2.5m, 0.2m, 6.8m, to: GoldenLedger.Day.AddDays(1)),
                Rates.Row(Channel.Copilot, "claude-sonnet-5", 2m, 2.5m, 0.2m, 2.57m, from: GoldenLedger.Day.AddDays(1)),
            ],
            [],
            "refreshed");
        var run = new GoldenRun(before).Info().Add(
            Records, new UsageLine("copilot", "claude-sonnet-5", 0, 400_000_000));
        await using var ledger = await new GoldenLedger(before).WithAsync(run);

        var first = await ledger.ReconcileAsync();
        var again = await ledger.ReconcileAsync();
        ledger.Prices = after;
        var refreshed = await ledger.ReconcileAsync();
        Assert.Equal(BytesOf(first), BytesOf(again));
        Assert.Equal(272_000m, refreshed.Totals.EstimatedAiCredits);
        Assert.NotEqual(102_800m, refreshed.Totals.EstimatedAiCredits);
        Assert.Equal(("case", "refreshed"), (first.PricesHash, refreshed.PricesHash));
    }

    private static string FileOf(params string[] rows) =>
        """{"schema":"tokenledger/prices/v1","aliases":{},"autoDiscounts":[],"rows":["""
        + string.Join(',', rows) + "]}";

    private static string PriceOf(string input) =>
        """{"channel":"openai","model":"gpt-5-4","validFrom":"2026-06-01","validTo":null,"promptTokensAbove":0,"""
        + "\"usdPerMillionTokens\":{\"input\":\"" + input + "\",\"output\":\"15\",\"cacheRead\":\"0.25\","
        + "\"cacheWrite5m\":null,\"cacheWrite1h\":null},"
        + "\"source\":\"a list\",\"asOf\":\"2026-11-01\",\"verified\":true}";

    private static PriceBook? Read(string text, out IReadOnlyList<Ingestion.InputProblem> problems)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return PriceBookReader.Read(stream, "prices.json", out problems);
    }

    [Fact]
    public async Task What_is_hashed_as_it_is_made_is_what_a_reader_hashes()
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "claude-sonnet-5", 2m, 2.5m, 0.2m, 6.8m));
        await using var ledger = await new GoldenLedger(prices).WithAsync(
            new GoldenRun(prices).Info().Add(Records, new UsageLine("copilot", "claude-sonnet-5", 1_234, 4_321)));
        var made = await ledger.ReconcileAsync();
        var hostile = made with
        {
            Scope = made.Scope with { Name = "<a> \"b\" \u2028 \ud83d\ude00 \ud83d é \u0007 + ' \\" },
            // More than is hashed in one piece.
            Warnings = [.. Enumerable.Range(0, 5_000).Select(at => new WarningEntry
            {
                Code = "of-tomorrow", Message = new string('\u00fc', at % 100),
            })],
        };

        using var read = JsonDocument.Parse(BytesOf(hostile));

        Assert.Equal(made.ContentHash, ContentDigest.Of(made));
        Assert.NotEqual(made.ContentHash, ContentDigest.Of(hostile));
        Assert.Equal(ContentDigest.Of(hostile), ContentDigest.Of(read.RootElement));
    }

    private static byte[] BytesOf(ReconciliationDocument document)
    {
        using var bytes = new MemoryStream();
        BuildArtifact.Write(document, bytes);
        return bytes.ToArray();
    }
}
