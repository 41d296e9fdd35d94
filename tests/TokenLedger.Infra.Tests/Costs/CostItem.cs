namespace TokenLedger.Infra.Tests.Costs;

/// <summary>One row of a cost table.</summary>
/// <param name="What">What it is paid for.</param>
/// <param name="Meter">What is metered.</param>
/// <param name="Quantity">How much of it.</param>
/// <param name="Basis">How the quantity is known: counted, computed, assumed.</param>
/// <param name="Usd">The cost; null where no price is known.</param>
/// <param name="Source">Of the price.</param>
/// <param name="IsStorageCall">Whether it is one of the storage calls that are counted in a test.</param>
/// <param name="IsOptional">Whether it is paid for only when asked for, and so is in no sum.</param>
internal sealed record CostItem(
    string What, string Meter, decimal Quantity, string Basis, decimal? Usd, string Source, bool IsStorageCall,
    bool IsOptional);
