using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Ingestion.Billing;

/// <summary>One row of a bill, understood but not yet summed with its equals nor put into an account.</summary>
internal sealed record BillRow
{
    public required long Line { get; init; }

    public required DateOnly Day { get; init; }

    /// <summary>Every column that is no figure, as one text in which no two rows' columns can be mistaken.</summary>
    public required string NaturalKey { get; init; }

    public required Channel Channel { get; init; }

    public required SkuClass Class { get; init; }

    public string? Product { get; init; }

    public string? Sku { get; init; }

    public string? ModelText { get; init; }

    public bool IsAutoSelected { get; init; }

    public required ChargeDimensions Dimensions { get; init; }

    /// <summary>The organisation of the row; a dimension only within an enterprise.</summary>
    public string? Organization { get; init; }

    public decimal? Quantity { get; init; }

    public string? Unit { get; init; }

    public decimal? UnitPriceUsd { get; init; }

    public required decimal GrossUsd { get; init; }

    public decimal? NetUsd { get; init; }

    public decimal? DiscountUsd { get; init; }

    public BilledTokens? Tokens { get; init; }
}
