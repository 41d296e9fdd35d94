namespace TokenLedger.Domain.Charges;

/// <summary>What a SKU is, for the ledger.</summary>
/// <param name="Family">The group whose views show the same money.</param>
/// <param name="Category">What the money was for.</param>
public readonly record struct SkuClass(SkuFamily Family, ChargeCategory Category);
