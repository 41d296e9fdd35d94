using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Charges;

/// <summary>One immutable billed row of one UTC day.</summary>
/// <remarks>
/// Rows with equal natural keys (every column that is no figure) are one charge, their figures summed.
/// </remarks>
public sealed record Charge
{
    /// <summary>
    /// A stable id made from account, view, day and natural key; the same row of a later observation has the same id.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Whose bill it is on.</summary>
    public required BillingAccount Account { get; init; }

    /// <summary>The view it was read from.</summary>
    public required BillView View { get; init; }

    /// <summary>The UTC day of the usage.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Who bills; only slices of this channel can match.</summary>
    public required Channel Channel { get; init; }

    /// <summary>The SKU family.</summary>
    public required SkuFamily Family { get; init; }

    /// <summary>What the money was for.</summary>
    public required ChargeCategory Category { get; init; }

    /// <summary>The product as the bill spells it.</summary>
    public string? Product { get; init; }

    /// <summary>The SKU as the bill spells it.</summary>
    public string? Sku { get; init; }

    /// <summary>The model as the bill spells it.</summary>
    public string? ModelText { get; init; }

    /// <summary>Whether the model's name carried the mark of automatic selection.</summary>
    public bool IsAutoSelected { get; init; }

    /// <summary>What the row names.</summary>
    public required ChargeDimensions Dimensions { get; init; }

    /// <summary>The provider's own quantity, kept raw; null when the row has none.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>The unit of the quantity as the bill spells it.</summary>
    public string? Unit { get; init; }

    /// <summary>The unit price in US dollars as the bill gives it.</summary>
    public decimal? UnitPriceUsd { get; init; }

    /// <summary>The gross amount: before included credits and discounts. Negative for a refund.</summary>
    public required long GrossNanoCredits { get; init; }

    /// <summary>
    /// The net amount: after included credits and discounts. Null is unknown, and never taken for the gross.
    /// </summary>
    public long? NetNanoCredits { get; init; }

    /// <summary>The row's own token counts, when it has any.</summary>
    public BilledTokens? Tokens { get; init; }
}
