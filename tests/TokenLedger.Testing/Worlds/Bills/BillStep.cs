namespace TokenLedger.Testing.Worlds.Bills;

/// <summary>What a line shows from a time on.</summary>
/// <param name="At">The time, UTC.</param>
/// <param name="Percent">Of the final amount; null while the line is not shown.</param>
public readonly record struct BillStep(DateTimeOffset At, int? Percent);
