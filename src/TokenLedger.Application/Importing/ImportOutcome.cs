using TokenLedger.Domain;
using TokenLedger.Ingestion;

namespace TokenLedger.Application.Importing;

/// <summary>What an import of bills did.</summary>
/// <param name="Files">The files, in the order read.</param>
/// <param name="Problems">Files and rows that were not taken.</param>
/// <param name="Notices">What a reader should know.</param>
public sealed record ImportOutcome(
    IReadOnlyList<ImportedBill> Files,
    IReadOnlyList<InputProblem> Problems,
    IReadOnlyList<Notice> Notices)
{
    /// <summary>UTC days that the files tell of, in order; those known before too.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];
}
