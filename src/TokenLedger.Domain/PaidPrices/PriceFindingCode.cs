namespace TokenLedger.Domain.PaidPrices;

/// <summary>What a finding about a paid price says.</summary>
public enum PriceFindingCode
{
    /// <summary>The bill contradicts the price book.</summary>
    PriceContradictsBook,

    /// <summary>The bill has tokens for which the price book has no price.</summary>
    UnbookedModel,
}
