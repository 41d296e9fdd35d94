using System.Globalization;
using TokenLedger.Application.Artifacts;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Reports;

/// <summary>
/// What proxy, session and price book each say of a run, for the runs of which they do not say the same.
/// </summary>
/// <remarks>
/// A session knows nothing of routing, detection and evaluations. Their estimate stands in a column of its own, and
/// only
/// what is left between session + that and the estimate is a difference.
/// </remarks>
internal static class ClaimsTable
{
    // A screen's worth; the artifact has all of them.
    private const int RunsMax = 12;

    // Proxies round every response to six decimals, so a run of a few hundred requests may be off by this.
    public const decimal NoiseAiCredits = 0.0005m;

    /// <summary>The runs whose claims differ, the widest apart first; null when there are none.</summary>
    public static Table? Of(ReconciliationDocument document, RunTotals runs)
    {
        if (runs.Differing.Count == 0)
            return null;
        var rest = runs.Differing.Count - RunsMax;
        return new Table(
            "Runs whose figures differ (AI credits; session + beside it should be the estimate)",
            [
                new("run", "Run"), new("workflow", "Workflow", Priority: 1),
                new("proxyReportedAiCredits", "Proxy", ColumnKind.FineAiCredits),
                new("sessionReportedAiCredits", "Session", ColumnKind.FineAiCredits),
                new("besideSessionAiCredits", "Beside it", ColumnKind.FineAiCredits, 1),
                new("estimatedAiCredits", "Estimated", ColumnKind.FineAiCredits),
                new("billedAiCredits", "Billed", ColumnKind.FineAiCredits), new("why", "Why", Priority: 2),
            ],
            [.. runs.Differing.OrderByDescending(item => item.Spread).Take(RunsMax)
                .Select(item => Row(document.Runs[item.At]))],
            Notes: rest > 0
                ? [string.Create(CultureInfo.InvariantCulture, $"… and {rest} more in the artifact (--output FILE).")]
                : null);
    }

    private static IReadOnlyList<Cell> Row(RunEntry run) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{run.RunId}/{run.Attempt}"),
        WorkflowTable.NameOf(run), run.ProxyReportedAiCredits, run.SessionReportedAiCredits,
        run.SessionReportedAiCredits is null ? Cell.Unknown : BesideSession(run),
        run.EstimatedAiCredits, run.BilledAiCredits,
        string.Join(", ", run.Warnings.Select(warning => warning.Code).Distinct(StringComparer.Ordinal)),
    ];

    // What is unknown makes no difference, and neither do claims about more of the run than the estimate is of.
    public static decimal SpreadOf(RunEntry run)
    {
        var isCut = run.Warnings.Any(
            warning => string.Equals(warning.Code, RunEntries.UsageOutsidePeriod, StringComparison.Ordinal));
        if (isCut || run.EstimatedAiCredits is not { } estimated)
            return 0;
        var byProxy = run.ProxyReportedAiCredits is { } proxy ? Math.Abs(proxy - estimated) : 0;
        var bySession = run.SessionReportedAiCredits is { } session && BesideSession(run) is { } beside
            ? Math.Abs(session + beside - estimated)
            : 0;
        return Math.Max(byProxy, bySession);
    }

    private static decimal? BesideSession(RunEntry run)
    {
        var beside = run.Models
            .Where(model => !IsAgents(model) || string.Equals(
                model.Purpose, WireNames.Of(Purpose.Routing), StringComparison.Ordinal))
            .ToList();
        return beside.Exists(model => model.EstimatedAiCredits is null)
            ? null
            : beside.Sum(model => model.EstimatedAiCredits);
    }

    private static bool IsAgents(ModelEntry model) =>
        string.Equals(model.Phase, WireNames.Of(Phase.Agent), StringComparison.Ordinal);
}
