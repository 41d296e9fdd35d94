namespace TokenLedger.Application.Budgets;

/// <summary>What the runs of a workflow cost on a day.</summary>
/// <param name="Repository">The repository as <c>owner/name</c>.</param>
/// <param name="WorkflowPath">The workflow file; null when unknown.</param>
/// <param name="NanoCredits">The cost of each run attempt of which all is known, ascending.</param>
internal sealed record WorkflowCosts(string Repository, string? WorkflowPath, IReadOnlyList<long> NanoCredits);
