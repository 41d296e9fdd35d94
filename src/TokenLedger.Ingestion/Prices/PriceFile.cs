using TokenLedger.Domain.Pricing;

namespace TokenLedger.Ingestion.Prices;

/// <summary>What a price file says, before its rows are checked against each other.</summary>
internal sealed record PriceFile(
    ModelNames Names, IReadOnlyList<PriceRow> Rows, IReadOnlyList<AutoDiscount> AutoDiscounts);
