using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using TokenLedger.Domain.Attribution;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads <c>TokenLedger:Attribution</c>: what rules say of runs, and the weights of a chargeback.</summary>
internal static class AttributionSection
{
    private const int RulesMax = 1_000;
    private const int TextLengthMax = 200;
    private const int TagNameLengthMax = 50;
    private const int TagsMax = 20;
    private const long WeightMax = 1_000_000;

    private static readonly string[] MatchKeys = ["Repository", "Workflow", "Branch", "Actor", "Event", "Engine"];

    public static AttributionRules Read(IConfigurationSection section, List<string> problems)
    {
        var rules = section.GetSection("Rules").GetChildren().ToList();
        if (rules.Count > RulesMax)
            problems.Add(FormattableString.Invariant($"{section.Path}:Rules are over {RulesMax}: leave some out"));
        return rules.Count == 0
            ? AttributionRules.None
            : new AttributionRules([.. rules.Select(rule => ReadRule(rule, problems))]);
    }

    public static IReadOnlyDictionary<string, long> ReadWeights(IConfigurationSection section, List<string> problems)
    {
        var weights = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var weight in section.GetSection("Weights").GetChildren())
        {
            if (long.TryParse(weight.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number <= WeightMax)
                weights[weight.Key] = number;
            else
            {
                problems.Add(FormattableString.Invariant(
                    $"{weight.Path} must be a whole number from 0 to {WeightMax}"));
            }
        }

        return weights;
    }

    private static AttributionRule ReadRule(IConfigurationSection section, List<string> problems)
    {
        var match = section.GetSection("Match");
        var (team, task) = (Text(section, "Team", problems), Text(section, "TaskType", problems));
        var tags = Tags(section.GetSection("Tags"), problems);
        if (team is null && task is null && tags.Count == 0)
            problems.Add($"{section.Path} says nothing: give it a Team, a TaskType or Tags");
        foreach (var key in MatchKeys)
            _ = Text(match, key, problems);
        return new AttributionRule
        {
            Repository = match["Repository"]?.Trim(),
            Workflow = match["Workflow"]?.Trim(),
            Branch = match["Branch"]?.Trim(),
            Actor = match["Actor"]?.Trim(),
            Event = match["Event"]?.Trim(),
            Engine = match["Engine"]?.Trim(),
            Team = team,
            TaskType = task,
            Tags = tags,
        };
    }

    private static ImmutableSortedDictionary<string, string> Tags(
        IConfigurationSection section, List<string> problems)
    {
        var tags = section.GetChildren().ToList();
        if (tags.Count > TagsMax)
            problems.Add(FormattableString.Invariant($"{section.Path} are over {TagsMax}: leave some out"));
        foreach (var tag in tags.Where(tag => tag.Key.Length > TagNameLengthMax
            || !tag.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')))
            problems.Add($"{tag.Path}: a tag's name is 1 to 50 letters, digits, '.', '-' and '_'");
        return RunAttribution.None.Tags.AddRange(tags
            .Select(tag => KeyValuePair.Create(tag.Key, Text(section, tag.Key, problems) ?? "")));
    }

    private static string? Text(IConfigurationSection section, string key, List<string> problems)
    {
        if (section[key] is not { } text)
            return null;
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > TextLengthMax)
        {
            problems.Add(FormattableString.Invariant(
                $"{section.Path}:{key} must have 1 to {TextLengthMax} characters"));
        }

        return trimmed;
    }
}
