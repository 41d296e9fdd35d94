using System.Collections.Immutable;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Tests.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Tests.Attribution;

public sealed class AttributionRulesTests
{
    [Theory]
    [InlineData(null, "anything", true)]
    [InlineData(null, null, true)]
    [InlineData("*", null, false)]
    [InlineData("*", "", true)]
    [InlineData("acme/*", "ACME/web", true)]
    [InlineData("acme/*", "acme", false)]
    [InlineData("*/web", "acme/web", true)]
    [InlineData("a*b*c", "aXbYc", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("a*a*a", "aa", false)]
    [InlineData("*x*x*", "x", false)]
    [InlineData("review?", "reviews", false)]
    [InlineData("review?", "Review?", true)]
    [InlineData(@"a\*", @"a\b", true)]
    public void A_star_stands_for_any_text_and_nothing_else_is_special(string? pattern, string? text, bool matches) =>
        Assert.Equal(matches, TextPattern.Matches(pattern, text));

    [Fact]
    public void Of_each_field_and_tag_the_first_rule_that_says_it_wins()
    {
        var rules = new AttributionRules(
        [
            new AttributionRule { Repository = "acme/web", TaskType = "review", Tags = Tags(("cost", "a")) },
            new AttributionRule { Repository = "acme/*", Team = "web", TaskType = "other", Tags = Tags(("COST", "b"), ("env", "prod")) },
            new AttributionRule { Repository = "other/*", Team = "other" },
        ]);

        var said = rules.Of(Scenario.Facts(1, "acme/web", ".github/workflows/a.lock.yml", null));

        Assert.Equal(("web", "review"), (said.Team, said.TaskType));
        Assert.Equal([("cost", "a"), ("env", "prod")], said.Tags.Select(tag => (tag.Key, tag.Value)));
    }

    [Fact]
    public void A_rule_about_a_fact_that_is_unknown_says_nothing()
    {
        var rule = new AttributionRule { Actor = "*", Team = "web" };

        Assert.Null(new AttributionRules([rule]).Of(Facts).Team);
        Assert.Equal("web", new AttributionRules([rule]).Of(Facts with { Actor = "alice" }).Team);
    }

    private static RunFacts Facts => Scenario.Facts(1, "acme/web", null, null);

    private static ImmutableSortedDictionary<string, string> Tags(params (string Name, string Value)[] tags) =>
        RunAttribution.None.Tags.AddRange(tags.Select(tag => KeyValuePair.Create(tag.Name, tag.Value)));
}
