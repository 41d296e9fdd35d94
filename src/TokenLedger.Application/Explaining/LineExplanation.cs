using TokenLedger.Application.Artifacts;
using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Explaining;

/// <summary>Lines of a bill, and days' settlements, as nodes.</summary>
internal static class LineExplanation
{
    /// <summary>What people call a line.</summary>
    public static string LabelOf(Charge line) =>
        string.Join(' ', new[] { line.Product, line.Sku, line.ModelText, NamesOf(line) }
            .Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The line of the bill that a charge id names.</summary>
    public static ExplanationNode Of(string chargeId, BillLines lines) => lines.Find(chargeId) is { } line
        ? new ExplanationNode(ExplanationKind.Line, LabelOf(line), FiguresOf(line))
        {
            IsPart = false, Facts = FactsOf(line, lines.Counts(chargeId)),
        }
        : ExplanationNode.About(
            ExplanationKind.Line, "a line that no look at the bill shows any more", ("charge", chargeId));

    /// <summary>The line's own money; a count of tokens bills nothing.</summary>
    public static ExplanationFigures FiguresOf(Charge line) => line.Family == SkuFamily.TokenCounts
        ? ExplanationFigures.OfBill(null, null)
        : ExplanationFigures.OfBill(line.GrossNanoCredits, line.NetNanoCredits);

    /// <summary>What the line says.</summary>
    public static IReadOnlyList<ExplanationFact> FactsOf(Charge line, bool counts) => ExplanationFact.Of(
        ("charge", line.Id),
        ("account", line.Account.Key),
        ("view", WireNames.Of(line.View)),
        ("readFrom", BillViewName.Of(line.View)),
        ("role", counts ? "basis" : "check"),
        ("day", ExplanationText.Of(line.Day)),
        ("category", WireNames.Of(line.Category)),
        ("product", line.Product),
        ("sku", line.Sku),
        ("model", line.ModelText),
        ("names", NamesOf(line)),
        ("quantity", ExplanationText.Of(line.Quantity)),
        ("unit", line.Unit),
        ("unitPriceUsd", ExplanationText.Of(line.UnitPriceUsd)));

    /// <summary>How final the day of a head is.</summary>
    public static ExplanationNode SettlementOf(DayHead head)
    {
        var settlement = head.Settlement;
        return ExplanationNode.About(
            ExplanationKind.Settlement,
            $"{settlement.Account.Key} {ExplanationText.Of(settlement.Day)}: {WireNames.Of(settlement.Status)}",
            ("account", settlement.Account.Key),
            ("status", WireNames.Of(settlement.Status)),
            ("reason", settlement.Reason is { } reason ? WireNames.Of(reason) : null),
            ("because", settlement.Reason is { } known ? ExplanationWords.Of(known) : null),
            ("observations", ExplanationText.Of(settlement.Observations)),
            ("firstSeenAt", ExplanationText.Of(settlement.FirstSeenAt)),
            ("lastChangedAt", ExplanationText.Of(settlement.LastChangedAt)),
            ("revision", ExplanationText.Of(head.Revision)),
            ("revisionKind", WireNames.Of(head.Change.Kind)),
            ("settledAt", ExplanationText.Of(head.Change.SettledAt)),
            ("recordedAt", ExplanationText.Of(head.ReconciledAt)));
    }

    /// <summary>That the bill has changed since it was split; nothing where it has not.</summary>
    public static IEnumerable<ExplanationNode> ChangeOf(DayHead head, BillLines lines) => lines.HaveChangedSince(head)
        ? [ExplanationNode.About(ExplanationKind.Note, ExplanationNotes.BillChanged)]
        : [];

    private static string NamesOf(Charge line)
    {
        var dimensions = line.Dimensions;
        return string.Join(", ", new[]
        {
            Named("organization", dimensions.Organization), Named("repository", dimensions.Repository),
            Named("workflow", dimensions.WorkflowPath), Named("user", dimensions.User),
            Named("cost centre", dimensions.CostCenter), Named("workspace", dimensions.Workspace),
            Named("project", dimensions.Project), Named("key", dimensions.ApiKey),
            dimensions.TokenKind is { } kind ? ExplanationWords.Of(kind) : null,
            Named("tier", dimensions.ServiceTier), Named("context", dimensions.ContextBand),
        }.Where(name => name is not null));
    }

    private static string? Named(string what, Dimension dimension) => dimension.State switch
    {
        DimensionState.Value => $"{what} {dimension.Text}",
        DimensionState.Nobody => $"{what} nobody",
        _ => null,
    };
}
