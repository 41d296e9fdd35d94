using System.Globalization;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Ingestion.Tests.Prices;

public sealed class ShippedPriceBookTests
{
    private static readonly PriceBook Book = PriceBookReader.Shipped();

    [Theory]
    [InlineData("copilot", "gpt-5.6-luna", "2026-10-09", "0.2 1.2 0.02 0.25")]
    [InlineData("copilot", "gpt-5.6-luna", "2026-07-29", "1 6 0.1 -")]
    [InlineData("copilot", "gpt-5.6-luna", "2026-07-30", "0.2 1.2 0.02 -")]
    [InlineData("copilot", "claude-opus-5", "2026-10-09", "5 25 0.5 6.25")]
    [InlineData("copilot", "claude-sonnet-5", "2026-10-09", "2 10 0.2 2.5")]
    [InlineData("copilot", "claude-sonnet-5.5", "2026-10-06", "2 10 0.2 2.5")]
    [InlineData("copilot", "claude-sonnet-5.5", "2026-10-07", "2 10 0.1 2.5")]
    [InlineData("copilot", "gpt-5.4-mini", "2026-10-09", "0.75 4.5 0.075 0.75")]
    [InlineData("copilot", "gpt-5.6-sol", "2026-08-20", "2.5 15 0.25 3.125")]
    [InlineData("copilot", "gpt-5.6-sol", "2026-08-21", "2 10 0.2 2.5")]
    [InlineData("copilot", "gpt-5.6-sol", "2026-09-03", "2 10 0.2 2.5")]
    [InlineData("copilot", "gpt-5.6-sol", "2026-09-04", "4 20 0.4 5")]
    [InlineData("copilot", "gemini-3.6-flash", "2026-08-12", "1.5 7.5 - -")]
    [InlineData("copilot", "gemini-3.6-flash", "2026-08-13", "0.75 3.75 0.075 -")]
    [InlineData("copilot", "Raptor mini", "2026-08-01", "0.25 2 0.025 0.25")]
    [InlineData("copilot", "Claude Opus 4.8 (fast mode) (preview)", "2026-08-01", "10 50 1 12.5")]
    [InlineData("copilot", "Auto: GPT-5.3-Codex", "2026-08-01", "1.75 14 0.175 1.75")]
    [InlineData("anthropic", "claude-haiku-4-5-20251001", "2026-08-01", "1 5 0.1 1.25")]
    [InlineData("anthropic", "claude-sonnet-4-6", "2026-04-01", "3 15 0.3 3.75")]
    [InlineData("anthropic", "claude-3-5-haiku-20241022", "2026-04-01", "0.8 4 0.08 1")]
    [InlineData("openai", "gpt-5.4-2026-03-05", "2026-08-01", "2.5 15 0.25 2.5")]
    [InlineData("google", "gemini-2.5-pro", "2026-08-01", "1.25 10 0.125 -")]
    public void A_price_holds_by_channel_model_and_utc_day(string channel, string model, string day, string expected)
    {
        var name = Book.Names.Normalise(model).Canonical;
        var row = Book.Find(new Channel(channel), name, Day(day), 0, out _);
        Assert.NotNull(row);
        var prices = row.UsdPerMillionTokens;
        decimal?[] shown = [prices.Input, prices.Output, prices.CacheRead, prices.CacheWrite5m];
        Assert.Equal(
            expected,
            string.Join(' ', shown.Select(price => price?.ToString(CultureInfo.InvariantCulture) ?? "-")));
    }

    [Theory]
    [InlineData(272_000, "5")]
    [InlineData(272_001, "10")]
    public void The_long_context_band_begins_above_its_threshold(long promptTokens, string expectedInput)
    {
        var row = Book.Find(Channel.Copilot, "gpt-5-5", Day("2026-10-01"), PromptLengthBand.Of(promptTokens), out _);
        Assert.Equal(expectedInput, row!.UsdPerMillionTokens.Input?.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("copilot", "no-such-model", "2026-10-01", UnpricedReason.UnknownModel)]
    [InlineData("copilot", "gpt-5.4-minis", "2026-10-01", UnpricedReason.UnknownModel)]
    [InlineData("copilot", "gpt-5-4", "2026-05-31", UnpricedReason.NoPriceOnDay)]
    [InlineData("someone", "gpt-5-4", "2026-10-01", UnpricedReason.UnknownModel)]
    public void What_the_book_does_not_know_has_a_reason(
        string channel, string model, string day, UnpricedReason expected)
    {
        var name = Book.Names.Normalise(model).Canonical;
        Assert.Null(Book.Find(new Channel(channel), name, Day(day), 0, out var reason));
        Assert.Equal(expected, reason);
    }

    [Fact]
    public void A_one_hour_cache_write_through_copilot_is_unpriced_because_no_price_is_published()
    {
        var row = Book.Find(Channel.Copilot, "claude-opus-5", Day("2026-10-01"), 0, out _);
        Assert.Null(row!.UsdPerMillionTokens.CacheWrite1h);
    }

    [Fact]
    public void A_long_context_price_that_is_unknown_is_not_the_short_one()
    {
        var row = Book.Find(Channel.OpenAI, "gpt-6-1-terra", Day("2026-11-01"), 272_000, out _);
        Assert.Null(row!.UsdPerMillionTokens.Input);
    }

    [Fact]
    public void Every_row_names_its_source_and_every_model_stands_under_its_own_normal_name()
    {
        Assert.All(Book.Rows, row =>
        {
            Assert.NotEmpty(row.Source);
            Assert.Equal(row.Model, Book.Names.Normalise(row.Model).Canonical);
        });
    }

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
