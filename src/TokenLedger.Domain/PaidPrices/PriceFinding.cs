using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>What a bill says of one price over an unbroken span of days.</summary>
/// <remarks>
/// Days without usage, or with too little to tell, lie in the span without being counted. Prices are ratios for people:
/// no money is split by them.
/// </remarks>
public sealed record PriceFinding
{
    /// <summary>What it says.</summary>
    public required PriceFindingCode Code { get; init; }

    /// <summary>Whose bill.</summary>
    public required BillingAccount Account { get; init; }

    /// <summary>Who bills.</summary>
    public required Channel Channel { get; init; }

    /// <summary>The normalised model name.</summary>
    public required string Model { get; init; }

    /// <summary>The token kind; null where the bill adds all kinds up.</summary>
    public required TokenKind? Kind { get; init; }

    /// <summary>Whether automatic selection chose the model: then the booked price is after its discount.</summary>
    public required bool IsAutoSelected { get; init; }

    /// <summary>The context band as the bill names it; null where it names none.</summary>
    public required string? ContextBand { get; init; }

    /// <summary>Why the book has no price; null where it has one.</summary>
    public required UnpricedReason? Unbooked { get; init; }

    /// <summary>The booked row nearest to what was paid, on the last day; null where the book has no price.</summary>
    public required PriceRow? BookedRow { get; init; }

    /// <summary>The booked price in US dollars per million tokens; null without a price or a kind.</summary>
    public required decimal? BookedUsdPerMillionTokens { get; init; }

    /// <summary>The paid price over the span in US dollars per million tokens; null without a kind.</summary>
    public required decimal? PaidUsdPerMillionTokens { get; init; }

    /// <summary>Billed ÷ booked − 1, in percent; null without a price, or where the booked one is 0.</summary>
    public required decimal? OffPercent { get; init; }

    /// <summary>The first UTC day of the span.</summary>
    public required DateOnly Since { get; init; }

    /// <summary>The last UTC day of the span, inclusive.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The days that say so.</summary>
    public required int Days { get; init; }

    /// <summary>The tokens of those days.</summary>
    public required long Tokens { get; init; }

    /// <summary>What those days were billed in US dollars, gross.</summary>
    public required decimal BilledGrossUsd { get; init; }

    /// <summary>Billed − booked in US dollars; null where the book has no price.</summary>
    public required decimal? EffectUsd { get; init; }

    /// <summary>Whether the tokens were counted beside the bill, not on it.</summary>
    public required bool IsCountedBeside { get; init; }
}
