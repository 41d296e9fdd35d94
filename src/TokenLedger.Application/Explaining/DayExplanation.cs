using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Explaining;

/// <summary>
/// A UTC day as a tree: accounts, charges, and beneath them workflows and what no run answers for. Pure.
/// </summary>
internal static class DayExplanation
{
    public static ExplanationNode Of(DateOnly day, IReadOnlyList<AccountDay> accounts)
    {
        var parts = accounts.Select(AccountOf).ToList();
        return new ExplanationNode(
            ExplanationKind.Day, ExplanationText.Of(day),
            ExplanationFigures.SumOfBoth(parts.Select(part => part.Figures)))
        {
            Children =
            [
                .. parts,
                .. accounts.Count > 0 ? Array.Empty<ExplanationNode>()
                    : [ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.DayNotRecorded)],
            ],
        };
    }

    /// <summary>A charge with its workflows and unallocated parts.</summary>
    private static ExplanationNode ChargeOf(
        string id, AccountDay day, IEnumerable<ShareRow> shares, IEnumerable<UnallocatedRow> rest)
    {
        var workflows = shares
            .GroupBy(share => (share.Repository, share.WorkflowPath))
            .Select(group => WorkflowOf(group.Key.Repository, group.Key.WorkflowPath, [.. group]))
            .OrderByDescending(workflow => workflow.Figures.GrossNanoCredits)
            .ThenBy(workflow => workflow.Label, StringComparer.Ordinal);
        var parts = workflows
            .Concat(rest.Select(ShareExplanation.Of))
            .ToList();
        var line = day.Lines.Find(id);
        return new ExplanationNode(
            ExplanationKind.Charge, line is null ? "charge " + id : LineExplanation.LabelOf(line),
            // A line that bills nothing has no parts.
            parts.Count == 0 && line is not null ? LineExplanation.FiguresOf(line) : ExplanationNode.SumOf(parts))
        {
            Facts = line is null
                ? ExplanationFact.Of(("charge", id))
                : LineExplanation.FactsOf(line, day.Lines.Counts(id)),
            Children = parts,
        };
    }

    private static ExplanationNode WorkflowOf(string repository, string? path, IReadOnlyList<ShareRow> shares) => new(
        ExplanationKind.Workflow, path is null ? repository : $"{repository}/{path}",
        ExplanationFigures.SumOf(
            shares.Select(share => ExplanationFigures.OfBill(share.GrossNanoCredits, share.NetNanoCredits))))
    {
        Facts = ExplanationFact.Of(
            ("repository", repository),
            ("workflowPath", path),
            ("runs", ExplanationText.Of(shares.Select(share => share.Run).Distinct().LongCount())),
            ("leastConfidence", WireNames.Of(shares.Min(share => share.Confidence)))),
    };

    private static ExplanationNode AccountOf(AccountDay day)
    {
        var totals = day.Head.Totals;
        var shares = day.Shares.ToLookup(share => share.ChargeId, StringComparer.Ordinal);
        var rest = day.Unallocated.ToLookup(part => part.ChargeId, StringComparer.Ordinal);
        var charges = ChargesOf(day)
            .Select(id => (Component: ComponentOf(id, day), Node: ChargeOf(id, day, shares[id], rest[id])))
            .OrderByDescending(charge => charge.Node.Figures.GrossNanoCredits)
            .ThenBy(charge => charge.Node.Label, StringComparer.Ordinal)
            .ToLookup(charge => charge.Component, charge => charge.Node, StringComparer.Ordinal);
        return new ExplanationNode(
            ExplanationKind.Account, day.Head.Settlement.Account.Key,
            ExplanationFigures.OfBoth(
                totals.EstimatedAiCredits, totals.BilledGrossNanoCredits, totals.BilledNetNanoCredits))
        {
            Facts = ExplanationFact.Of(
                ("account", day.Head.Settlement.Account.Key),
                ("basis", BasisOf(day)),
                ("runs", ExplanationText.Of(totals.Runs)),
                ("unpricedRequests", ExplanationText.Of(totals.UnpricedRequests)),
                ("allocatedAiCredits", CreditsOf(totals.AllocatedGrossNanoCredits)),
                ("unallocatedAiCredits", CreditsOf(totals.UnallocatedGrossNanoCredits))),
            Children =
            [
                .. charges[Components.AiUsage],
                .. Components.All.Where(component => component is not Components.AiUsage && charges[component].Any())
                    .Select(component => ComponentOf(component, [.. charges[component]])),
                LineExplanation.SettlementOf(day.Head),
                .. day.Head.Settlement.Observations > 0 ? Array.Empty<ExplanationNode>()
                    : [ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.NoBillSeen)],
                .. LineExplanation.ChangeOf(day.Head, day.Lines),
            ],
        };
    }

    private static ExplanationNode ComponentOf(string component, IReadOnlyList<ExplanationNode> charges) =>
        new(ExplanationKind.Component, component, ExplanationNode.SumOf(charges))
        {
            IsPart = false, Children = charges,
        };

    // Lines that bill nothing are not split; they count where the bill is the one that was.
    private static IEnumerable<string> ChargesOf(AccountDay day) => day.Shares.Select(share => share.ChargeId)
        .Concat(day.Unallocated.Select(part => part.ChargeId))
        .Concat(day.Head.Totals.BilledGrossNanoCredits is null || day.Lines.HaveChangedSince(day.Head)
            ? []
            : day.Lines.Counted.Where(line => line.GrossNanoCredits == 0).Select(line => line.Id))
        .Distinct(StringComparer.Ordinal);

    private static string ComponentOf(string id, AccountDay day) =>
        day.Lines.Find(id) is { } line ? Components.Of(line.Family) : Components.AiUsage;

    private static string? BasisOf(AccountDay day) => string.Join(", ", day.Lines.Counted
        .Where(line => Components.Of(line.Family) is Components.AiUsage)
        .Select(line => BillViewName.Of(line.View))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal));

    private static string? CreditsOf(long? nanoCredits) =>
        ExplanationText.Of(ExplanationFigures.OfBill(nanoCredits, null).BilledAiCredits);
}
