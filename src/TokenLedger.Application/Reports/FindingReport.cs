using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Findings;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Application.Reports;

/// <summary>Findings and their actions, as tables.</summary>
public static class FindingReport
{
    // A screen of them; JSON and CSV hold all.
    private const int ExplainedMax = 20;

    /// <summary>Findings, the most at stake first, with every field: what JSON and CSV hold.</summary>
    public static Table Whole(IReadOnlyList<StoredFinding> findings) => new(
        Title(findings),
        [
            new("id", "ID"), new("day", "Day"), new("code", "Code"), new("status", "Status"),
            new("atStakeAiCredits", "At stake", ColumnKind.AiCredits), new("subject", "Subject"),
            new("repository", "Repository"), new("workflowPath", "Workflow"), new("runId", "Run"),
            new("attempt", "Attempt"), new("message", "Message"), new("evidence", "Evidence"),
            new("control", "Control"), new("firstFoundAt", "First found"), new("lastSeenAt", "Last seen"),
            new("goneAt", "Gone"), new("decidedBy", "Decided by"), new("decidedAt", "Decided"),
            new("reason", "Reason"),
        ],
        [.. Ordered(findings).Select(stored => (IReadOnlyList<Cell>)
        [
            stored.Id, Day(stored.Finding.Day), stored.Finding.Code, WireNames.Of(stored.Status), AtStake(stored),
            stored.Finding.Subject, stored.Finding.Repository, stored.Finding.WorkflowPath,
            stored.Finding.Run?.RunId, (long?)stored.Finding.Run?.Attempt, stored.Finding.Message,
            string.Join("; ", stored.Finding.Evidence.Select(figure => $"{figure.Name}={figure.Value}")),
            stored.Finding.Control, Time(stored.FirstFoundAt), Time(stored.LastSeenAt), Time(stored.GoneAt),
            stored.Decision?.By, Time(stored.Decision?.At), stored.Decision?.Reason,
        ])]);

    /// <summary>The same for people: a line a finding, and below it what was seen and what to do.</summary>
    public static Table ForPeople(IReadOnlyList<StoredFinding> findings) => new(
        Title(findings),
        [
            new("id", "ID"), new("day", "Day"), new("code", "Finding"),
            new("atStakeAiCredits", "At stake", ColumnKind.AiCredits), new("subject", "About", Priority: 1),
            new("status", "Status", Priority: 2), new("decidedBy", "By", Priority: 3),
        ],
        [.. Ordered(findings).Select(stored => (IReadOnlyList<Cell>)
        [
            FindingId.Short(stored.Id), Day(stored.Finding.Day), stored.Finding.Code, AtStake(stored),
            stored.Finding.Subject, WireNames.Of(stored.Status), stored.Decision?.By,
        ])],
        Notes:
        [
            .. Ordered(findings).Take(ExplainedMax).Select(stored =>
                $"{FindingId.Short(stored.Id)}: {stored.Finding.Message} {stored.Finding.Control}"),
            .. findings.Count > ExplainedMax
                ? [FormattableString.Invariant($"… and {findings.Count - ExplainedMax} more: --format json tells all.")]
                : Array.Empty<string>(),
            .. findings.Count > 0
                ? ["At stake: estimated AI credits that could have been saved. Findings overlap; do not add them up."]
                : Array.Empty<string>(),
        ]);

    /// <summary>The journal of actions, the newest first.</summary>
    public static Table Actions(string title, IReadOnlyList<FindingAction> actions) => new(
        title,
        [
            new("id", "ID"), new("action", "Action"), new("result", "Result"), new("code", "Finding", Priority: 1),
            new("subject", "About"), new("repository", "Repository", Priority: 5),
            new("workflowPath", "Workflow", Priority: 5), new("runId", "Run", Priority: 5),
            new("findingId", "Finding's ID", Priority: 4), new("intentAt", "Began", Priority: 2),
            new("resultAt", "Ended", Priority: 6), new("undoneAt", "Undone", Priority: 3),
            new("undoneBy", "By", Priority: 3), new("message", "Why", Priority: 3),
        ],
        [.. actions.Select(action => (IReadOnlyList<Cell>)
        [
            FindingId.Short(action.Id), WireNames.Of(action.Do),
            action.Result is { } result ? WireNames.Of(result) : "unknown", action.Code, action.Subject,
            action.Repository, action.WorkflowPath, action.RunId, FindingId.Short(action.FindingId),
            Time(action.IntentAt), Time(action.ResultAt), Time(action.UndoneAt), action.UndoneBy, action.Message,
        ])]);

    private static IOrderedEnumerable<StoredFinding> Ordered(IReadOnlyList<StoredFinding> findings) => findings
        .OrderByDescending(stored => stored.Finding.AtStakeNanoCredits ?? -1)
        .ThenBy(stored => stored.Finding.Day)
        .ThenBy(stored => stored.Finding.Code, StringComparer.Ordinal)
        .ThenBy(stored => stored.Id, StringComparer.Ordinal);

    private static string Title(IReadOnlyList<StoredFinding> findings) =>
        FormattableString.Invariant($"{findings.Count} findings, the most at stake first");

    private static Cell AtStake(StoredFinding stored) => stored.Finding.AtStakeNanoCredits is { } nano
        ? AiCredits.FromNanoCredits(nano) : Cell.Unknown;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
