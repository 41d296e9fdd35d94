using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Findings;

namespace TokenLedger.Application.Configuration;

/// <summary>When a finding leads to an action. Without rules none does.</summary>
/// <param name="Code">The finding's code.</param>
/// <param name="Workflow">A pattern over the workflow file's path; null for every workflow.</param>
/// <param name="Do">What is done.</param>
/// <param name="AtStakeNanoCredits">The least at stake, above 0; a finding without an amount leads to nothing.</param>
public sealed record FindingActionRule(string Code, string? Workflow, FindingActionKind Do, long AtStakeNanoCredits)
{
    /// <summary>Whether a finding leads to the action.</summary>
    public bool Matches(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return string.Equals(Code, finding.Code, StringComparison.Ordinal)
            && TextPattern.Matches(Workflow, finding.WorkflowPath)
            && finding.AtStakeNanoCredits >= AtStakeNanoCredits
            && finding.Repository is not null
            && (Do == FindingActionKind.CancelRun ? finding.Run is not null : finding.WorkflowPath is not null);
    }
}
