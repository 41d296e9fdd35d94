using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Explaining;

/// <summary>A charge as a tree: run attempts with their shares, and what no run answers for. Pure.</summary>
internal static class ChargeExplanation
{
    /// <param name="line">The line.</param>
    /// <param name="lines">The lines of its account and day.</param>
    /// <param name="day">The recorded rows of the charge alone; null where the day is not recorded.</param>
    public static ExplanationNode Of(Charge line, BillLines lines, AccountDay? day)
    {
        var runs = (day?.Shares ?? [])
            .GroupBy(share => share.Run)
            .Select(group => AttemptOf([.. group], lines))
            .OrderByDescending(run => run.Figures.GrossNanoCredits)
            .ThenBy(run => run.Label, StringComparer.Ordinal);
        var parts = runs.Concat((day?.Unallocated ?? []).Select(ShareExplanation.Of)).ToList();
        return new ExplanationNode(
            ExplanationKind.Charge, LineExplanation.LabelOf(line),
            parts.Count == 0 ? LineExplanation.FiguresOf(line) : ExplanationNode.SumOf(parts))
        {
            Facts = LineExplanation.FactsOf(line, lines.Counts(line.Id)),
            Children = [.. parts, .. About(line, lines, day, isSplit: parts.Count > 0)],
        };
    }

    private static IEnumerable<ExplanationNode> About(Charge line, BillLines lines, AccountDay? day, bool isSplit)
    {
        if (!lines.Counts(line.Id))
            yield return ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.Check);
        else if (day is null)
            yield return ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.DayNotRecorded);
        else if (!isSplit)
            yield return ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.LineNotSplit);
        if (day is null)
            yield break;
        yield return LineExplanation.SettlementOf(day.Head);
        foreach (var note in LineExplanation.ChangeOf(day.Head, lines))
            yield return note;
    }

    private static ExplanationNode AttemptOf(IReadOnlyList<ShareRow> shares, BillLines lines)
    {
        var first = shares[0];
        var parts = shares
            .Select(share => ShareExplanation.Of(
                share, lines,
                $"{WireNames.Of(share.Phase)} {WireNames.Of(share.Purpose)} {share.Channel} {share.Model}",
                tellsLine: false))
            .ToList();
        return new ExplanationNode(
            ExplanationKind.Attempt, $"run {first.Run} {first.Repository}", ExplanationNode.SumOf(parts))
        {
            Facts = ExplanationFact.Of(
                ("run", first.Run.ToString()),
                ("repository", first.Repository),
                ("workflowPath", first.WorkflowPath)),
            Children = parts,
        };
    }
}
