using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Application.Importing;

/// <summary>What became of a raw bill.</summary>
/// <param name="Bill">The bill as it was read.</param>
/// <param name="DaysStored">Days of which it told something new.</param>
public sealed record TakenBill(BillFile Bill, int DaysStored);
