using System.Globalization;
using TokenLedger.Domain.Findings;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Alerting;

/// <summary>What findings tell: one event a workflow and day, in one group a workflow and week.</summary>
public static class FindingAlerts
{
    private const int ShownMax = 5;

    // Whoever fills a ledger with the past is not told of it.
    private const int DaysBack = 7;

    /// <summary>The events, in ordinal order of their keys.</summary>
    /// <param name="findings">The findings, in any order.</param>
    /// <param name="atLeastNanoCredits">
    /// What must be at stake in a workflow and day; one of which nothing is known is told only when it is 0.
    /// </param>
    /// <param name="today">The UTC day.</param>
    /// <param name="digest">
    /// Stands for hostile text in keys: letters and digits, up to 100, others for other texts.
    /// </param>
    public static IReadOnlyList<AlertEvent> Of(
        IEnumerable<Finding> findings, long atLeastNanoCredits, DateOnly today, Func<string, string> digest) =>
    [
        .. findings
            .Where(finding => today.DayNumber - finding.Day.DayNumber <= DaysBack)
            .GroupBy(finding => (Name: NameOf(finding), finding.Day))
            .Select(group => (group.Key, Findings: Ordered(group)))
            .Where(group => AtStake(group.Findings) >= atLeastNanoCredits)
            .Select(group => EventOf(group.Key.Name, group.Key.Day, group.Findings, digest))
            .OrderBy(told => told.Key, StringComparer.Ordinal),
    ];

    // The same finding may come twice.
    private static List<Finding> Ordered(IEnumerable<Finding> findings) =>
    [
        .. findings
            .DistinctBy(finding => (finding.Code, finding.Subject))
            .OrderByDescending(finding => finding.AtStakeNanoCredits ?? 0)
            .ThenBy(finding => finding.Code, StringComparer.Ordinal)
            .ThenBy(finding => finding.Subject, StringComparer.Ordinal),
    ];

    private static long AtStake(List<Finding> findings) =>
        findings.Aggregate(0L, (sum, finding) => checked(sum + (finding.AtStakeNanoCredits ?? 0)));

    private static string NameOf(Finding finding) => (finding.Repository, finding.WorkflowPath) switch
    {
        ({ } repository, { } path) => $"{repository}:{path}",
        ({ } repository, null) => repository,
        _ => finding.Subject,
    };

    private static AlertEvent EventOf(
        string name, DateOnly day, List<Finding> findings, Func<string, string> digest)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        var stake = AtStake(findings);
        var several = findings.Count == 1
            ? "1 finding"
            : string.Create(CultureInfo.InvariantCulture, $"{findings.Count} findings");
        return new AlertEvent
        {
            Group = $"finding/{digest(name)}/{AlertText.Day(monday)}",
            GroupFrom = monday,
            Name = $"day/{AlertText.Day(day)}",
            Topic = $"day/{AlertText.Day(day)}",
            Kind = AlertEventKind.Finding,
            Severity = AlertSeverity.Info,
            Subject = AlertText.Line($"Findings in the week from {AlertText.Day(monday)}: {name}",
                AlertText.TitleLengthMax),
            Title = AlertText.Line(
                $"{several} on {AlertText.Day(day)} with {AlertText.Money(stake, isInUsd: true)} at stake: {name}",
                AlertText.TitleLengthMax),
            Lines = [.. LinesOf(findings)],
            Link = LinkOf(findings[0]),
        };
    }

    private static IEnumerable<string> LinesOf(List<Finding> findings)
    {
        foreach (var finding in findings.Take(ShownMax))
        {
            var stake = finding.AtStakeNanoCredits is { } known
                ? AlertText.Money(known, isInUsd: true)
                : "unknown";
            yield return AlertText.Line($"{finding.Code} ({stake} at stake): {finding.Message}");
            yield return AlertText.Line($"What to do: {finding.Control}");
        }

        if (findings.Count > ShownMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"And {findings.Count - ShownMax} more.");
    }

    // Only where the names are of the form that GitHub gives: each becomes one segment.
    private static Uri? LinkOf(Finding finding)
    {
        if (finding.Repository?.Split('/') is not [{ Length: > 0 } owner, { Length: > 0 } name])
            return null;
        var address = $"https://{finding.Run?.Host ?? RunKey.PublicHost}/{Uri.EscapeDataString(owner)}/"
            + Uri.EscapeDataString(name);
        if (finding.Run is { } run)
            address += string.Create(CultureInfo.InvariantCulture, $"/actions/runs/{run.RunId}");
        return Uri.TryCreate(address, UriKind.Absolute, out var link) && link.UserInfo.Length == 0 ? link : null;
    }
}
