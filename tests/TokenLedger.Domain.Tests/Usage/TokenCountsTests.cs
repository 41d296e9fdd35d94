using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Usage;

public sealed class TokenCountsTests
{
    private static readonly TokenCounts Sample = new(1, 2, 4, 8, 16, 2);

    [Fact]
    public void The_prompt_is_every_kind_but_the_output_and_the_total_is_all_of_them()
    {
        Assert.Equal(29, Sample.Prompt);
        Assert.Equal(31, Sample.Total);
        Assert.Equal(24, Sample.CacheWrite);
    }

    [Fact]
    public void Every_kind_is_found_by_its_name()
    {
        Assert.Equal([1L, 2L, 4L, 8L, 16L], TokenCounts.Kinds.Select(kind => Sample[kind]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sample[(TokenKind)9]);
    }

    [Fact]
    public void Counts_add_and_subtract_kind_by_kind()
    {
        Assert.Equal(new TokenCounts(2, 4, 8, 16, 32, 4), Sample + Sample);
        Assert.Equal(default, Sample - Sample);
        Assert.Equal(new TokenCounts(-1, -2, -4, -8, -16, -2), default(TokenCounts) - Sample);
    }

    [Fact]
    public void An_overflow_throws()
    {
        var huge = new TokenCounts(long.MaxValue, 0, 0);
        Assert.Throws<OverflowException>(() => huge + Sample);
        Assert.Throws<OverflowException>(() => default(TokenCounts) - new TokenCounts(long.MinValue, 0, 0));
        Assert.Throws<OverflowException>(() => new TokenCounts(long.MaxValue, 1, 0).Total);
        Assert.Throws<OverflowException>(() => new TokenCounts(long.MaxValue, 0, 1).Prompt);
        Assert.Throws<OverflowException>(() => new TokenCounts(0, 0, 0, long.MaxValue, 1).CacheWrite);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(32_000, 0)]
    [InlineData(32_001, 32_000)]
    [InlineData(200_000, 128_000)]
    [InlineData(200_001, 200_000)]
    [InlineData(272_000, 256_000)]
    [InlineData(272_001, 272_000)]
    [InlineData(5_000_000, 1_000_000)]
    public void A_band_starts_above_its_threshold(long prompt, long band) => Assert.Equal(band, PromptLengthBand.Of(prompt));

    [Theory]
    [InlineData("copilot", "copilot")]
    [InlineData(" GitHub-Copilot ", "copilot")]
    [InlineData("anthropic", "anthropic")]
    [InlineData("openai", "openai")]
    [InlineData("gemini", "google")]
    [InlineData("vertex", "google")]
    [InlineData("google", "google")]
    [InlineData("Mistral", "mistral")]
    [InlineData("", "unknown")]
    [InlineData(null, "unknown")]
    [InlineData("unknown", "unknown")]
    public void The_channel_is_the_provider_and_never_the_model(string? provider, string channel)
    {
        Assert.Equal(channel, Channel.FromProvider(provider).ToString());
        Assert.Equal(channel, Channel.FromProvider(provider).Name);
    }

    [Fact]
    public void A_channel_without_a_name_is_unknown_and_channels_sort_by_name()
    {
        Assert.Equal("unknown", default(Channel).ToString());
        Assert.True(Channel.Anthropic.CompareTo(Channel.Copilot) < 0);
        Assert.Equal(0, default(Channel).CompareTo(Channel.Unknown));
    }

    [Theory]
    [InlineData("organization")]
    [InlineData("key")]
    [InlineData("unknown")]
    [InlineData("user:alice")]
    public void A_payer_reads_back_as_it_is_written(string text) => Assert.Equal(text, Payer.Parse(text)!.Value.ToString());

    [Theory]
    [InlineData("alice")]
    [InlineData("user:")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_payer(string? text) => Assert.Null(Payer.Parse(text));

    [Fact]
    public void The_default_payer_is_unknown() => Assert.Equal(Payer.Unknown, default);

    [Fact]
    public void Runs_sort_by_host_then_by_number_and_attempt()
    {
        RunKey[] ordered = [new("a.example", 9, 1), new("github.com", 2, 1), new("github.com", 2, 10), new("github.com", 10, 1)];
        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.Equal("github.com/2/10", ordered[2].ToString());
    }
}
