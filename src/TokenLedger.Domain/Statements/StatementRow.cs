using TokenLedger.Domain.Reconciliation;

namespace TokenLedger.Domain.Statements;

/// <summary>A row of a statement.</summary>
/// <param name="Values">The group's value for each grouping; null where nobody knows one.</param>
/// <param name="UnallocatedReason">Why no run answers for it; null for a group of runs.</param>
/// <param name="Runs">Run attempts; 0 for what no run answers for.</param>
/// <param name="Figures">What it adds up to.</param>
/// <param name="SpreadNanoCredits">
/// What of the unallocated AI usage is spread to it, gross, beside its own figures; negative in a row that was spread.
/// </param>
public sealed record StatementRow(
    IReadOnlyList<string?> Values, UnallocatedReason? UnallocatedReason, int Runs, StatementFigures Figures,
    long SpreadNanoCredits)
{
    /// <summary>AI usage as billed, with what was spread.</summary>
    public long ChargedNanoCredits => checked(Figures.BilledNanoCredits + SpreadNanoCredits);
}
