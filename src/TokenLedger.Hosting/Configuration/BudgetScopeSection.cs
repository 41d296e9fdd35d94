using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Budgets;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.CreditPools;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Hosting.Configuration;

/// <summary>Reads <c>TokenLedger:Budgets:N:Scope</c>.</summary>
internal static class BudgetScopeSection
{
    private const int PatternLengthMax = 200;
    private const int TagsMax = 20;

    private static readonly Channel[] KnownChannels =
        [Channel.Copilot, Channel.Anthropic, Channel.OpenAI, Channel.Google, Channel.XAI];

    /// <summary>The scope, and the credit pool that it names.</summary>
    /// <param name="section">The section.</param>
    /// <param name="sources">The bills' sources.</param>
    /// <param name="hasTeams">Whether any rule sets a team.</param>
    /// <param name="problems">What is wrong.</param>
    public static (BudgetScope Scope, CreditPool? Pool) Read(
        IConfigurationSection section, IReadOnlyList<SourceConfiguration> sources, bool hasTeams,
        List<string> problems)
    {
        var team = Pattern(section, "Team", problems);
        if (team is not null && !hasTeams)
            problems.Add(
                $"{section.Path}:Team: no rule of TokenLedger:Attribution sets a team, so it would stay empty");
        var (source, pool) = Pool(section, sources, problems);
        return (new BudgetScope
        {
            Organization = Pattern(section, "Organization", problems),
            Repository = Pattern(section, "Repository", problems),
            Workflow = Pattern(section, "Workflow", problems),
            Team = team,
            Person = Pattern(section, "Person", problems),
            CostCenter = Pattern(section, "CostCenter", problems),
            Model = Pattern(section, "Model", problems),
            Channel = ChannelOf(section, sources, problems),
            Account = source?.Account,
            Tags = Tags(section.GetSection("Tags"), problems),
        }, pool);
    }

    private static string? Pattern(IConfigurationSection section, string key, List<string> problems)
    {
        if (section[key] is not { } text)
            return null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > PatternLengthMax)
            problems.Add(FormattableString.Invariant(
                $"{section.Path}:{key} must be 1 to {PatternLengthMax} characters; * stands for any text"));
        return text.Trim();
    }

    private static Channel? ChannelOf(
        IConfigurationSection section, IReadOnlyList<SourceConfiguration> sources, List<string> problems)
    {
        if (section["Channel"] is not { } text)
            return null;
        var channel = Channel.FromProvider(text);
        var known = KnownChannels
            .Concat(sources
                .Select(source => Channel.FromProvider(source.Kind))
                .Where(kind => !string.Equals(kind.Name, BillingAccount.GitHub, StringComparison.Ordinal)))
            .Distinct()
            .ToList();
        if (!known.Contains(channel))
            problems.Add($"{section.Path}:Channel must be one of {string.Join(", ", known)}");
        return channel;
    }

    private static (SourceConfiguration? Source, CreditPool? Pool) Pool(
        IConfigurationSection section, IReadOnlyList<SourceConfiguration> sources, List<string> problems)
    {
        if (section["CreditPool"] is not { } name)
            return (null, null);
        var found = sources
            .SelectMany(source => source.CreditPools.Select(pool => (Source: source, Pool: pool)))
            .Where(pair => string.Equals(pair.Pool.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
            .Take(2)
            .ToList();
        if (found.Count == 1)
            return (found[0].Source, found[0].Pool);
        problems.Add(found.Count == 0
            ? $"{section.Path}:CreditPool: no source has a credit pool named '{name}'"
            : $"{section.Path}:CreditPool: more than one credit pool is named '{name}'");
        return (null, null);
    }

    private static List<(string Name, string Value)> Tags(IConfigurationSection section, List<string> problems)
    {
        var tags = section.GetChildren().Select(tag => (Name: tag.Key, Value: tag.Value?.Trim() ?? "")).ToList();
        if (tags.Count > TagsMax
            || tags.Exists(tag => tag.Value.Length is 0 or > PatternLengthMax || tag.Name.Length > PatternLengthMax))
            problems.Add(FormattableString.Invariant(
                $"{section.Path} must be at most {TagsMax} names with a value of 1 to {PatternLengthMax} characters"));
        return tags;
    }
}
