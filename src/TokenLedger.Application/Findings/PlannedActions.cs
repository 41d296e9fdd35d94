using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Configuration;

namespace TokenLedger.Application.Findings;

/// <summary>What open findings lead to, by configuration. Pure.</summary>
internal static class PlannedActions
{
    /// <summary>The actions, each once, in the order of the findings and rules.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="rules">The configured rules.</param>
    /// <param name="host">The host of findings that name no run.</param>
    /// <param name="now">The time, UTC.</param>
    public static IEnumerable<FindingAction> Of(
        IEnumerable<StoredFinding> findings, IReadOnlyList<FindingActionRule> rules, string host, DateTimeOffset now) =>
        findings
            .Where(stored => stored.Status == FindingStatus.Open)
            .SelectMany(stored => rules
                .Where(rule => rule.Matches(stored.Finding))
                .Select(rule => rule.Do)
                .Distinct()
                .Select(kind => new FindingAction(
                    FindingId.OfAction(WireNames.Of(kind), stored.Id), stored.Id, stored.Finding.Code,
                    stored.Finding.Subject, kind, stored.Finding.Run?.Host ?? host, stored.Finding.Repository!)
                {
                    RunId = kind == FindingActionKind.CancelRun ? stored.Finding.Run!.Value.RunId : null,
                    Attempt = kind == FindingActionKind.CancelRun ? stored.Finding.Run!.Value.Attempt : null,
                    WorkflowPath = stored.Finding.WorkflowPath,
                    IntentAt = now,
                }));
}
