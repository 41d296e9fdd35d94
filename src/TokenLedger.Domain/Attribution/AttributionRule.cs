using System.Collections.Immutable;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Attribution;

/// <summary>
/// Says team, task type and tags of the runs that match all of its patterns; <c>*</c> stands for any text, case does
/// not count. A pattern that is null matches anything; one that is given matches no unknown fact.
/// </summary>
public sealed record AttributionRule
{
    /// <summary>The repository as <c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>The workflow file's path, or the workflow's display name.</summary>
    public string? Workflow { get; init; }

    /// <summary>The branch that the run was on.</summary>
    public string? Branch { get; init; }

    /// <summary>Who started the first attempt.</summary>
    public string? Actor { get; init; }

    /// <summary>The event that started the run.</summary>
    public string? Event { get; init; }

    /// <summary>The agent engine's id.</summary>
    public string? Engine { get; init; }

    /// <summary>The team of matching runs; null to say nothing.</summary>
    public string? Team { get; init; }

    /// <summary>The task type of matching runs; null to say nothing.</summary>
    public string? TaskType { get; init; }

    /// <summary>Tags of matching runs.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = RunAttribution.None.Tags;

    /// <summary>Whether the rule speaks of a run.</summary>
    public bool Matches(RunFacts run) =>
        TextPattern.Matches(Repository, run.Repository)
        && (Workflow is null || TextPattern.Matches(Workflow, run.WorkflowPath)
            || TextPattern.Matches(Workflow, run.WorkflowName))
        && TextPattern.Matches(Branch, run.HeadBranch)
        && TextPattern.Matches(Actor, run.Actor)
        && TextPattern.Matches(Event, run.Event)
        && TextPattern.Matches(Engine, run.Engine);
}
