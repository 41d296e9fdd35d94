using TokenLedger.Domain.Calibration;
using TokenLedger.Domain.Credits;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Findings;

/// <summary>Counters that should agree and do not: who trusts the wrong one decides wrongly.</summary>
internal static class StaleCounters
{
    // What the proxy is known to lose is 7 to 15 % of a run (cache writes, AWF v0.28); old prices are off by more.
    private const decimal OffMin = 0.25m;

    // A final bill of nothing but known runs is the estimate at the prices paid.
    private const decimal BillOffMin = 0.15m;

    private const long DayMinCredits = 100;

    private const string Control =
        "Look at prices check and gap for the day; until they agree base caps and budgets on this ledger, not on the"
        + " counter that is off.";

    public static IEnumerable<Finding> Of(FindingDay day)
    {
        foreach (var (workflow, runs) in RunFindings.Workflows(day))
        {
            var proxy = runs.Select(run => (run.EstimatedNanoCredits, run.Report.ProxyReportedAiCredits));
            var session = runs.Select(run => (AgentOf(run), run.Report.SessionReportedAiCredits));
            foreach (var (name, pairs) in new[] { ("proxy", proxy), ("session", session) })
            {
                if (Compare(day, workflow, runs[0], name, pairs) is { } finding)
                {
                    yield return finding;
                    break; // One finding a workflow and day: both are the same question.
                }
            }
        }

        foreach (var account in day.Accounts)
        {
            if (OfBill(day, account.Input.Account.Key, CalibrationPoint.Of(
                account.Input, account.Result, account.Settlement)) is { } finding)
                yield return finding;
        }
    }

    private static long? AgentOf(ObservedRun run) => ObservedRun.NanoCreditsOf(
        run.Slices.Where(slice => slice is { Phase: Phase.Agent, Purpose: not Purpose.Routing }));

    private static Finding? Compare(
        FindingDay day, string workflow, ObservedRun of, string counter,
        IEnumerable<(long? Ours, decimal? Told)> pairs)
    {
        var (ours, told, runs) = (0L, 0m, 0L);
        foreach (var pair in pairs)
        {
            // A counter at 0 is "0 or unknown".
            if (pair is not { Ours: > 0 and { } own, Told: > 0m and { } said })
                continue;
            (ours, told, runs) = (checked(ours + own), told + said, runs + 1);
        }

        var counted = AiCredits.TruncateToNanoCredits(told);
        if (Math.Max(ours, counted) < FindingFigures.Credits(DayMinCredits)
            || Math.Abs(FindingFigures.Over(counted, ours) - 1m) is var off && off < OffMin)
            return null;
        return RunFindings.OfWorkflow(
            FindingCodes.StaleCounters, day, of,
            FormattableString.Invariant(
                $"the {counter} counts {FindingFigures.Say(counted)} for {runs:N0} runs of {workflow}, the ledger ")
            + $"{FindingFigures.Say(ours)}: {FindingFigures.Percent(off)} off.",
            Control, null,
            ("counter", counter), FindingFigures.Count("runs", runs),
            FindingFigures.Credits("countedCredits", counted), FindingFigures.Credits("ledgerCredits", ours),
            FindingFigures.Ratio("off", off));
    }

    private static Finding? OfBill(FindingDay day, string account, IReadOnlyList<CalibrationPoint> points)
    {
        var billed = FindingFigures.Sum(points.Select(point => point.BilledNanoCredits));
        var estimated = FindingFigures.Sum(points.Select(point => point.EstimatedNanoCredits));
        if (estimated <= 0 || Math.Max(billed, estimated) < FindingFigures.Credits(DayMinCredits)
            || Math.Abs(FindingFigures.Over(billed, estimated) - 1m) is var off && off < BillOffMin)
            return null;
        return new Finding(FindingCodes.StaleCounters, account, day.Day)
        {
            Message = $"the final bill of {account} says {FindingFigures.Say(billed)} for usage that nobody else can "
                + $"have made, the ledger estimates {FindingFigures.Say(estimated)}: "
                + $"{FindingFigures.Percent(off)} off.",
            Control = Control,
            Evidence =
            [
                ("counter", "bill"), FindingFigures.Credits("billedCredits", billed),
                FindingFigures.Credits("ledgerCredits", estimated), FindingFigures.Ratio("off", off),
            ],
        };
    }
}
