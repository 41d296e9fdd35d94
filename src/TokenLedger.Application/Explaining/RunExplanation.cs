using TokenLedger.Application.Days;
using TokenLedger.Application.Runs;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Reconciliation;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Explaining;

/// <summary>A run as a tree: attempts, days, slices, and beneath them prices and shares. Pure.</summary>
internal sealed class RunExplanation(
    RunWithShares run, IReadOnlyDictionary<(BillingAccount Account, DateOnly Day), BillLines> lines, PriceBook prices)
{
    private readonly ILookup<(RunKey Run, DateOnly Day), (ShareRow Share, BillLines Lines)> sharesByDay =
        run.Shares.ToLookup(
            row => (row.Share.Run, row.Day), row => (row.Share, lines[(row.Account, row.Day)]));

    public ExplanationNode Create()
    {
        var attempts = run.Attempts.Select(AttemptOf).ToList();
        var facts = run.Attempts[^1].Facts;
        return new ExplanationNode(
            ExplanationKind.Run, $"{facts.Repository} run {ExplanationText.Of(facts.Key.RunId)}",
            ExplanationFigures.SumOfBoth(attempts.Select(attempt => attempt.Figures)))
        {
            Facts = ExplanationFact.Of(
                ("host", facts.Key.Host),
                ("repository", facts.Repository),
                ("runId", ExplanationText.Of(facts.Key.RunId)),
                ("workflow", facts.WorkflowName),
                ("workflowPath", facts.WorkflowPath),
                ("pullRequest", facts.PullRequest is { } number ? ExplanationText.Of(number) : null)),
            Children =
            [
                .. attempts,
                ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.RequestsNotKept),
            ],
        };
    }

    private ExplanationNode AttemptOf(LedgerRun attempt)
    {
        var facts = attempt.Facts;
        var slices = SlicePricing.Price(attempt, prices).ToLookup(slice => slice.Day);
        var days = slices.Select(group => group.Key)
            .Concat(run.Shares.Where(row => row.Share.Run == facts.Key).Select(row => row.Day))
            .Distinct()
            .Order()
            .Select(day => DayOf(attempt, day, [.. slices[day]]))
            .ToList();
        return new ExplanationNode(
            ExplanationKind.Attempt, $"attempt {ExplanationText.Of(facts.Key.Attempt)}",
            ExplanationFigures.SumOfBoth(days.Select(day => day.Figures)))
        {
            Facts = ExplanationFact.Of(
                ("run", facts.Key.ToString()),
                ("startedAt", ExplanationText.Of(facts.StartedAt)),
                ("engine", facts.Engine),
                ("payer", facts.Payer.ToString()),
                ("conclusion", facts.Conclusion),
                ("proxyReportedAiCredits", ExplanationText.Of(attempt.Report.ProxyReportedAiCredits)),
                ("sessionReportedAiCredits", ExplanationText.Of(attempt.Report.SessionReportedAiCredits))),
            Children =
            [
                .. days,
                .. attempt.HasTelemetry
                    ? Array.Empty<ExplanationNode>()
                    : [ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.NoTelemetry)],
                .. attempt.Warnings.Select(warning =>
                    ExplanationNode.About(ExplanationKind.Note, warning.Message, ("code", warning.Code))),
            ],
        };
    }

    private ExplanationNode DayOf(LedgerRun attempt, DateOnly day, IReadOnlyList<PricedSlice> slices)
    {
        var shares = sharesByDay[(attempt.Facts.Key, day)].ToList();
        var parts = slices
            .Select(slice => SliceExplanation.Of(
                slice,
                attempt.Slices.Where(part => IsOf(part, slice)),
                [.. shares.Where(pair => pair.Share.IsOf(slice))],
                run.BilledChannels,
                prices))
            .Concat(shares
                .Where(pair => !slices.Any(slice => pair.Share.IsOf(slice)))
                .Select(pair => ShareExplanation.Of(
                    pair.Share, pair.Lines, ExplanationNotes.UsageGone, tellsLine: true)))
            .ToList();
        return new ExplanationNode(
            ExplanationKind.Day, ExplanationText.Of(day),
            ExplanationFigures.SumOfBoth(parts.Select(part => part.Figures)))
        {
            Children = [.. parts, .. AboutDay(day)],
        };
    }

    private IEnumerable<ExplanationNode> AboutDay(DateOnly day)
    {
        var heads = run.Heads.Where(head => head.Settlement.Day == day).ToList();
        if (heads.Count == 0)
            yield return ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.DayNotRecorded);
        foreach (var head in heads)
        {
            yield return LineExplanation.SettlementOf(head);
            if (head.Settlement.Observations == 0)
                yield return ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.NoBillSeen);
            if (lines.TryGetValue((head.Settlement.Account, day), out var known))
            {
                foreach (var note in LineExplanation.ChangeOf(head, known))
                    yield return note;
            }
        }
    }

    // As pricing folds the prompt-length bands of a run into the bands of the price book.
    private bool IsOf(UsageSlice part, PricedSlice slice) => part.Day == slice.Day && part.Phase == slice.Phase
        && part.Purpose == slice.Purpose && part.Channel == slice.Channel
        && part.IsAutoSelected == slice.IsAutoSelected
        && string.Equals(part.Model, slice.Model, StringComparison.Ordinal)
        && string.Equals(part.ServiceTier, slice.ServiceTier, StringComparison.Ordinal)
        && prices.EstimateOf(part).IsLongContext
            == string.Equals(slice.ContextBand, PricedSlice.LongBand, StringComparison.Ordinal);
}
