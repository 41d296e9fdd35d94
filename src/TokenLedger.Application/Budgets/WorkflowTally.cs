using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Budgets;

/// <summary>Adds up what each run cost on a day. Gross, AI usage alone.</summary>
internal sealed class WorkflowTally
{
    private readonly Dictionary<RunKey, (RunFacts Run, long? NanoCredits)> runs = [];

    /// <summary>Adds a line; one that no run answers for changes nothing.</summary>
    public void Add(SpendLine line)
    {
        if (line.Run is not { } run || line.Component != SpendComponent.AiUsage)
            return;
        var sum = runs.TryGetValue(run.Key, out var known) ? known.NanoCredits : 0;
        // A run of which a part is unknown tells nothing of what one costs.
        runs[run.Key] = (run, checked(sum + line.Gross?.NanoCredits));
    }

    /// <summary>The costs by repository and workflow, in ordinal order.</summary>
    public IEnumerable<WorkflowCosts> ToCosts() => runs.Values
        .Where(run => run.NanoCredits is not null)
        .GroupBy(run => (run.Run.Repository, run.Run.WorkflowPath))
        .OrderBy(group => group.Key.Repository, StringComparer.Ordinal)
        .ThenBy(group => group.Key.WorkflowPath, StringComparer.Ordinal)
        .Select(group => new WorkflowCosts(
            group.Key.Repository, group.Key.WorkflowPath, [.. group.Select(run => run.NanoCredits!.Value).Order()]));
}
