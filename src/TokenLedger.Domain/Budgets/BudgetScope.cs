using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Budgets;

/// <summary>
/// What a budget is for. Everything that is given must be so; <c>*</c> in a pattern stands for any text, case does not
/// count. Empty is everything.
/// </summary>
public sealed record BudgetScope
{
    /// <summary>The owner of the repository, or the wallet's own name; a pattern.</summary>
    public string? Organization { get; init; }

    /// <summary>The repository as <c>owner/name</c>; a pattern.</summary>
    public string? Repository { get; init; }

    /// <summary>The workflow's path or display name; a pattern.</summary>
    public string? Workflow { get; init; }

    /// <summary>The team that a rule says; a pattern.</summary>
    public string? Team { get; init; }

    /// <summary>Who started the run, or whom the bill names; a pattern.</summary>
    public string? Person { get; init; }

    /// <summary>The cost centre; a pattern.</summary>
    public string? CostCenter { get; init; }

    /// <summary>The normalised model; a pattern.</summary>
    public string? Model { get; init; }

    /// <summary>Who bills; null for all.</summary>
    public Channel? Channel { get; init; }

    /// <summary>The wallet that pays: the one of a credit pool; null for every wallet.</summary>
    public BillingAccount? Account { get; init; }

    /// <summary>Tags that rules must have given, by name; values are patterns.</summary>
    public IReadOnlyList<(string Name, string Value)> Tags { get; init; } = [];

    /// <summary>Whether a line of spend belongs to it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="attribution">What rules say of its run; <see cref="RunAttribution.None"/> without one.</param>
    public bool Includes(SpendLine line, RunAttribution attribution) =>
        (Organization is null || TextPattern.Matches(Organization, OwnerOf(line)))
        && TextPattern.Matches(Repository, line.Repository)
        && (Workflow is null || TextPattern.Matches(Workflow, line.WorkflowPath)
            || TextPattern.Matches(Workflow, line.Run?.WorkflowName))
        && TextPattern.Matches(Team, attribution.Team)
        && (Person is null || TextPattern.Matches(Person, line.Run?.Actor ?? line.BilledUser))
        && TextPattern.Matches(CostCenter, line.CostCenter)
        && TextPattern.Matches(Model, line.Model)
        && (Channel is null || Channel == line.Channel)
        && (Account is null || Account == line.Account)
        && Tags.All(tag => attribution.Tags.TryGetValue(tag.Name, out var value)
            && TextPattern.Matches(tag.Value, value));

    private static string? OwnerOf(SpendLine line) =>
        line.Run?.Owner ?? line.Charge?.Dimensions.Organization.Text
        ?? line.Repository?.Split('/')[0] ?? line.Account?.Name;
}
