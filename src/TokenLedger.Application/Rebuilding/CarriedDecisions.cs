namespace TokenLedger.Application.Rebuilding;

/// <summary>What was taken over of another ledger.</summary>
/// <param name="Found">Rows of its authored tables.</param>
/// <param name="Taken">Of them, those that were missing here.</param>
public sealed record CarriedDecisions(int Found, int Taken);
