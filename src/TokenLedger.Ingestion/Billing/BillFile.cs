namespace TokenLedger.Ingestion.Billing;

/// <summary>A bill file, read.</summary>
/// <param name="Format">
/// What it was recognised as, for people: <c>ai_credit report (CSV)</c>; null when unrecognised.
/// </param>
/// <param name="Days">The days it speaks of, in order of account, day, view and filter.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Problems">Rows and files that were not taken.</param>
/// <param name="Notices">What a reader should know, such as a discount column that is not gross − net.</param>
public sealed record BillFile(
    string? Format,
    IReadOnlyList<DayBill> Days,
    long Rows,
    IReadOnlyList<InputProblem> Problems,
    IReadOnlyList<Domain.Notice> Notices);
