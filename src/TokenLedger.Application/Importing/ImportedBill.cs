namespace TokenLedger.Application.Importing;

/// <summary>What became of one bill file.</summary>
/// <param name="Path">The path the user gave.</param>
/// <param name="Format">What it was recognised as; null when unrecognised.</param>
/// <param name="Accounts">Whose bills it holds, as account keys in ordinal order.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="DaysStored">Days of which it told something new.</param>
/// <param name="DaysKnown">Days whose figures were known from this file already.</param>
/// <param name="FirstDay">Its first UTC day; null without days.</param>
/// <param name="LastDay">Its last UTC day, inclusive; null without days.</param>
/// <param name="GrossNanoCredits">The sum of its gross amounts.</param>
public sealed record ImportedBill(
    string Path,
    string? Format,
    IReadOnlyList<string> Accounts,
    long Rows,
    int DaysStored,
    int DaysKnown,
    DateOnly? FirstDay,
    DateOnly? LastDay,
    long GrossNanoCredits);
