using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Attribution;

/// <summary>Rules in order: of each field and tag the first rule that says it wins. Pure.</summary>
/// <param name="rules">The rules.</param>
public sealed class AttributionRules(IReadOnlyList<AttributionRule> rules)
{
    /// <summary>No rules.</summary>
    public static AttributionRules None { get; } = new([]);

    /// <summary>The rules in order.</summary>
    public IReadOnlyList<AttributionRule> Rules => rules;

    /// <summary>What the rules say of a run.</summary>
    public RunAttribution Of(RunFacts run)
    {
        var said = RunAttribution.None;
        foreach (var rule in rules.Where(rule => rule.Matches(run)))
        {
            said = new RunAttribution(
                said.Team ?? rule.Team,
                said.TaskType ?? rule.TaskType,
                said.Tags.AddRange(rule.Tags.Where(tag => !said.Tags.ContainsKey(tag.Key))));
        }

        return said;
    }
}
