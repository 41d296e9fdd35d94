using TokenLedger.Domain.Usage;

namespace TokenLedger.Golden.Tests;

/// <summary>The same token under two names must be paid once.</summary>
public sealed class OverlappingTokenKindTests
{
    [Fact]
    [Trait("Golden", "G01")]
    public void Cached_tokens_inside_the_input_are_not_charged_as_fresh_too()
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "gpt-5-4", 2.5m, null, 0.25m, 15m));
        var slices = GoldenRun.SlicesOf(
            prices, new UsageLine("copilot", "gpt-5.4", 27_369, 264, Read: 22_528) { Path = "/responses" });

        Assert.Equal(2.16945m, Rates.Credits(prices, slices));
        Assert.NotEqual(7.80145m, Rates.Credits(prices, slices));
    }

    [Fact]
    [Trait("Golden", "G02")]
    public async Task Cached_tokens_beside_the_input_are_never_subtracted_and_three_figures_stay_three()
    {
        var prices = Rates.Of(Rates.Row(Channel.Copilot, "claude-opus-5", 5m, 6.25m, 0.5m, 25m));
        var run = new GoldenRun(prices).Info().PaidBy(Payer.Organization).Add(
            "agent/token_usage.jsonl",
            new UsageLine("copilot", "claude-opus-5", 2_504, 4_000, Read: 69_368, Write: 50_001) { Credits = 44.719m });
        await using var ledger = await new GoldenLedger(prices).WithAsync(run);
        await ledger.ImportAsync(GoldenBill.Detailed(GoldenBill.WorkflowRow(46)));

        var entry = Assert.Single((await ledger.ReconcileAsync()).Runs);
        Assert.Equal(45.971025m, entry.EstimatedAiCredits);
        Assert.NotEqual(44.719m, decimal.Round(entry.EstimatedAiCredits!.Value, 3));
        Assert.Equal(44.719m, entry.ProxyReportedAiCredits);
        Assert.Equal(46m, entry.BilledAiCredits);
    }

    [Fact]
    [Trait("Golden", "G02")]
    public void A_recorded_zero_is_a_figure_and_the_estimate_stands_beside_it()
    {
        var prices = Rates.Of(Rates.Row(Channel.Anthropic, "claude-haiku-3-5", 0.8m, 1m, 0.08m, 4m));
        var run = new GoldenRun(prices).Add(
            "agent/token_usage.jsonl",
            new UsageLine("anthropic", "claude-haiku-3-5", 7_383, 500, Read: 20_010, Write: 853) { Credits = 0 })
            .FoldOne();

        Assert.Equal(1.03602m, Rates.Credits(prices, run.Slices));
        Assert.NotEqual(0.44538m, Rates.Credits(prices, run.Slices));
        Assert.Equal(0m, run.Report.ProxyReportedAiCredits);
    }

    [Theory]
    [Trait("Golden", "G03")]
    [InlineData("anthropic", 3)]
    [InlineData("openai", 12_307)]
    public void Written_tokens_are_charged_once(string provider, long input)
    {
        var prices = Rates.Of(
            Rates.Row(Channel.Anthropic, "claude-sonnet-4-6", 3m, 3.75m, null, 15m),
            Rates.Row(Channel.OpenAI, "claude-sonnet-4-6", 3m, 3.75m, null, 15m));
        var line = new UsageLine(provider, "claude-sonnet-4-6", input, 550, Write: 12_304)
        {
            Path = provider == "openai" ? "/chat/completions" : "/v1/messages",
        };

        var usd = Rates.Usd(prices, GoldenRun.SlicesOf(prices, line));
        Assert.Equal(0.054399m, usd);
        Assert.NotEqual(0.091311m, usd);
    }

    [Theory]
    [Trait("Golden", "G04")]
    [InlineData("anthropic", "/v1/messages", 14, 0, 4_410, "0.0165795", "0.0298095")]
    [InlineData("openai", "/chat/completions", 4_424, 0, 4_410, "0.0165795", "0.0298095")]
    [InlineData("anthropic", "/v1/messages", 14, 4_410, 0, "0.001365", "0.014595")]
    [InlineData("openai", "/chat/completions", 4_424, 4_410, 0, "0.001365", "0.014595")]
    public void The_source_tells_whether_the_cache_is_folded_in_and_not_the_makers_name(
        string provider, string path, long input, long read, long write, string right, string wrong)
    {
        var prices = Rates.Of(
            Rates.Row(Channel.Anthropic, "claude-sonnet-4-6", 3m, 3.75m, 0.3m, 15m),
            Rates.Row(Channel.OpenAI, "claude-sonnet-4-6", 3m, 3.75m, 0.3m, 15m));
        var line = new UsageLine(provider, "claude-sonnet-4-6", input, 0, read, write) { Path = path };

        var usd = Rates.Usd(prices, GoldenRun.SlicesOf(prices, line));
        Assert.Equal(Figure.Of(right), usd);
        Assert.NotEqual(Figure.Of(wrong), usd);
    }

    [Theory]
    [Trait("Golden", "G05")]
    [InlineData(130_213, 128_955, 1_253, 5, 260_421)]
    [InlineData(17_903, 17_817, 0, 86, 35_720)]
    public void An_input_that_says_it_is_inclusive_is_the_whole_prompt(
        long input, long read, long write, long fresh, long wrongPrompt)
    {
        // OpenTelemetry's convention, in the field by which a usage record states it.
        var slice = GoldenRun.SliceOf(
            GoldenRun.ShippedPrices,
            new UsageLine("copilot", "claude-sonnet-5", input, 40, read, write)
            {
                Extra = "\"input_tokens_include_cache\":true",
            });

        Assert.Equal(fresh, slice.Tokens.Input);
        Assert.Equal(input, slice.Tokens.Prompt);
        Assert.NotEqual(wrongPrompt, slice.Tokens.Prompt);
    }

    [Fact]
    [Trait("Golden", "G06")]
    public void The_cache_reads_of_a_stream_are_taken_from_its_final_usage()
    {
        var prices = Rates.Of(Rates.Row(Channel.OpenAI, "claude-haiku-3-5", 0.8m, null, 0.08m, 4m));
        var line = new UsageLine("openai", "claude-haiku-3-5", 2_459, 23)
        {
            Path = "/chat/completions",
            Extra = "\"cached_tokens\":2455",
        };

        var usd = Rates.Usd(prices, GoldenRun.SlicesOf(prices, line));
        Assert.Equal(0.0002916m, usd);
        Assert.NotEqual(0.0020592m, usd);
    }

    [Fact]
    [Trait("Golden", "G07")]
    public void Image_tokens_are_a_modality_of_the_prompt_and_no_kind_beside_it()
    {
        var prices = Rates.Of(Rates.Row(Channel.OpenAI, "gpt-5-4", 1m, null, 0.1m, 2m));
        var line = new UsageLine("openai", "gpt-5.4", 100, 10, Read: 90)
        {
            Path = "/responses",
            Extra = "\"image_tokens\":80,"
                + "\"input_tokens_details\":{\"cached_tokens\":90,\"image_tokens\":80,\"text_tokens\":20}",
        };

        var usd = Rates.Usd(prices, GoldenRun.SlicesOf(prices, line));
        Assert.Equal(0.000039m, usd);
        Assert.NotEqual(0.000119m, usd);
    }

    [Fact]
    [Trait("Golden", "G08")]
    public void The_hit_rate_is_read_tokens_by_the_whole_prompt()
    {
        var tokens = GoldenRun.SliceOf(
            GoldenRun.ShippedPrices,
            new UsageLine("copilot", "gpt-5.4", 34_900, 120, Read: 33_300) { Path = "/responses" }).Tokens;

        Assert.Equal(95, 100 * tokens.CacheRead / tokens.Prompt);
        Assert.NotEqual(48, 100 * tokens.CacheRead / tokens.Prompt);
    }

    [Theory]
    [Trait("Golden", "G09")]
    [InlineData("openai")]
    [InlineData("github-copilot")]
    public void The_summarys_sum_of_four_counters_is_never_the_total(string provider)
    {
        var model = "{\"provider\":\"" + provider + "\",\"input_tokens\":200000,\"output_tokens\":3000,"
            + "\"cache_read_tokens\":140000,\"cache_write_tokens\":0,\"requests\":9}";
        var run = new GoldenRun(GoldenRun.ShippedPrices).Info().Add(
            "gh-aw-run.json",
            """{"run_id":4711,"repository":"acme/web","token_usage":343000,"""
            + "\"token_usage_summary\":{\"by_model\":{\"gpt-5.4\":" + model + "}}}").FoldOne();

        var slice = Assert.Single(run.Slices);
        Assert.Equal(203_000, slice.Tokens.Total);
        Assert.NotEqual(343_000, slice.Tokens.Total);
        Assert.Equal(UsageEvidence.Summary, slice.Evidence);
    }

    [Fact]
    [Trait("Golden", "G10")]
    public void Reasoning_is_a_part_of_the_output_and_not_added_to_it()
    {
        // One record with the totals of a month.
        var prices = Rates.Of(Rates.Row(Channel.OpenAI, "gpt-5-codex", 1.25m, null, 0.125m, 10m));
        var line = new UsageLine("openai", "gpt-5-codex", 21_157_672_000, 60_000_000, Read: 20_000_000_000)
        {
            Path = "/responses",
            Extra = "\"reasoning_tokens\":16603000",
        };

        var slices = GoldenRun.SlicesOf(prices, line);
        Assert.Equal(4_547.09m, Rates.Usd(prices, slices));
        Assert.NotEqual(4_713.12m, Rates.Usd(prices, slices));
        Assert.Equal(16_603_000, slices[0].Tokens.Reasoning);
    }

    [Theory]
    [Trait("Golden", "G11")]
    [InlineData("xai", "grok-4", 5_000, 1_015, 1_935, 2_950)]
    [InlineData("gemini", "gemini-2.5-flash", 20, 424, 572, 996)]
    public void Reasoning_that_stands_beside_the_output_is_added(
        string provider, string model, long input, long output, long reasoning, long expected)
    {
        var line = new UsageLine(provider, model, input, output)
        {
            Path = "/chat/completions",
            Extra = $"\"reasoning_tokens\":{reasoning}",
        };

        var slice = GoldenRun.SliceOf(GoldenRun.ShippedPrices, line);
        Assert.Equal(expected, slice.Tokens.Output);
        Assert.NotEqual(output, slice.Tokens.Output);
    }

    [Fact]
    [Trait("Golden", "G12")]
    public void A_completion_with_reasoning_counts_whole()
    {
        var line = new UsageLine("openai", "gpt-5.4", 50, 977)
        {
            Path = "/chat/completions",
            Extra = "\"reasoning_tokens\":768",
        };

        var slice = GoldenRun.SliceOf(GoldenRun.ShippedPrices, line);
        Assert.Equal(977, slice.Tokens.Output);
        Assert.NotEqual(768, slice.Tokens.Output);
    }
}
