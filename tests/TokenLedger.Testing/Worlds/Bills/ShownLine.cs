using TokenLedger.Domain.Usage;

namespace TokenLedger.Testing.Worlds.Bills;

/// <summary>A line as the bill shows it at some time.</summary>
/// <param name="Line">The line.</param>
/// <param name="GrossNanoCredits">Its gross amount then.</param>
/// <param name="NetNanoCredits">Its net amount then.</param>
/// <param name="Tokens">Its tokens then.</param>
public sealed record ShownLine(BillLine Line, long GrossNanoCredits, long NetNanoCredits, TokenCounts Tokens);
