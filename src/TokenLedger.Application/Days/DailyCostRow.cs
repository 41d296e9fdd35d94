using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Days;

/// <summary>
/// One row of the small table for charts: what a model cost a workflow of a repository on a day, or what of the bill no
/// run answers for. Summed over a day, account and component, gross is the bill.
/// </summary>
/// <param name="Account">The wallet.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Component">
/// <c>ai-usage</c>, <c>actions-minutes</c> or <c>other</c>: different money, never added together.
/// </param>
/// <param name="Repository">
/// The repository as <c>owner/name</c>; of what no run answers for, the one that the bill names, else null.
/// </param>
/// <param name="WorkflowPath">The workflow file; null when unknown, or where the bill names none.</param>
/// <param name="WorkflowName">The workflow's display name; null when unknown.</param>
/// <param name="Channel">Who bills.</param>
/// <param name="Model">The normalised model, or the bill's own text; null when the bill names none.</param>
/// <param name="UnallocatedReason">Why no run answers for it; null for usage of runs.</param>
/// <param name="Runs">Run attempts; 0 for what no run answers for.</param>
/// <param name="Requests">Requests.</param>
/// <param name="Tokens">Tokens by kind.</param>
/// <param name="UnpricedRequests">Requests without a price.</param>
/// <param name="EstimatedAiCredits">The estimate of what has a price; null when nothing has.</param>
/// <param name="BilledGrossNanoCredits">The gross billed; null while no bill answers for it.</param>
/// <param name="BilledNetNanoCredits">The net billed; null while unknown.</param>
public sealed record DailyCostRow(
    BillingAccount Account,
    DateOnly Day,
    string Component,
    string? Repository,
    string? WorkflowPath,
    string? WorkflowName,
    Channel Channel,
    string? Model,
    UnallocatedReason? UnallocatedReason,
    int Runs,
    long Requests,
    TokenCounts Tokens,
    long UnpricedRequests,
    decimal? EstimatedAiCredits,
    long? BilledGrossNanoCredits,
    long? BilledNetNanoCredits)
{
    /// <summary>The row within its account and day.</summary>
    public string Key => string.Join(
        '|', Component, UnallocatedReason?.ToString() ?? "", Repository ?? "", WorkflowPath ?? "", WorkflowName ?? "",
        Channel, Model ?? "");
}
