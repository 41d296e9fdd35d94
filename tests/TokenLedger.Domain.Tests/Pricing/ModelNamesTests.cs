using TokenLedger.Domain.Pricing;

namespace TokenLedger.Domain.Tests.Pricing;

public sealed class ModelNamesTests
{
    private static readonly ModelNames Names = new(new Dictionary<string, string>
    {
        ["Raptor mini"] = "gpt-5-mini",
        ["claude-4-sonnet"] = "claude-sonnet-4",
        ["gpt-4o-20240806"] = "gpt-4o-old",
    });

    [Theory]
    [InlineData("claude-sonnet-4.6", "claude-sonnet-4-6")]
    [InlineData("Claude Sonnet 4.6", "claude-sonnet-4-6")]
    [InlineData("claude_sonnet_4_6", "claude-sonnet-4-6")]
    [InlineData("claude-haiku-4-5-20251001", "claude-haiku-4-5")]
    [InlineData("gpt-5.4-2026-03-05", "gpt-5-4")]
    [InlineData("anthropic/claude-opus-5", "claude-opus-5")]
    [InlineData("GPT-5.6 Luna[^2]", "gpt-5-6-luna")]
    [InlineData("GPT-5.6 Luna[^2", "gpt-5-6-luna")]
    [InlineData("Claude Opus 4.8 (fast mode) (preview)", "claude-opus-4-8-fast-mode-preview")]
    [InlineData("Raptor mini", "gpt-5-mini")]
    [InlineData("raptor-mini-20260101", "gpt-5-mini")]
    [InlineData("claude-4-sonnet", "claude-sonnet-4")]
    [InlineData("gpt-4o-20240806", "gpt-4o-old")]
    [InlineData("gpt-5.5-12345678x", "gpt-5-5-12345678x")]
    [InlineData("20251001", "20251001")]
    [InlineData("m-20251001", "m")]
    [InlineData("m-2025-10-01", "m")]
    [InlineData("m-2025-1-01", "m-2025-1-01")]
    [InlineData("m-abcd-10-01", "m-abcd-10-01")]
    [InlineData("m-2025-ab-01", "m-2025-ab-01")]
    [InlineData("m-2025-10-ab", "m-2025-10-ab")]
    [InlineData("-2025-10-01", "2025-10-01")]
    [InlineData("a[b]c", "a[b]c")]
    [InlineData("", "unknown")]
    [InlineData("  ", "unknown")]
    [InlineData(null, "unknown")]
    public void Names_come_to_one_form_by_rule_and_list(string? text, string canonical) =>
        Assert.Equal(new ModelName(canonical, false), Names.Normalise(text));

    [Theory]
    [InlineData("Auto: GPT-5.3-Codex", "gpt-5-3-codex")]
    [InlineData("auto:Raptor mini", "gpt-5-mini")]
    [InlineData("Auto: gpt-5.4-2026-03-05", "gpt-5-4")]
    [InlineData("Auto:", "unknown")]
    public void The_mark_of_automatic_selection_is_kept_as_a_flag(string text, string canonical) =>
        Assert.Equal(new ModelName(canonical, true), Names.Normalise(text));

    [Theory]
    [InlineData("gpt-5.5-pro")]
    [InlineData("gpt-5.5x")]
    [InlineData("my-gpt-5.5")]
    public void A_name_that_only_resembles_another_stays_its_own(string text) =>
        Assert.NotEqual("gpt-5-5", Names.Normalise(text).Canonical);
}
