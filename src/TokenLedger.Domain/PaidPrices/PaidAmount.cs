using TokenLedger.Domain.Pricing;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>What one UTC day's bill says of one price.</summary>
internal sealed record PaidAmount
{
    // Half a percent: providers' own rounding of quantities and prices is far below, a changed price far above.
    private const decimal ToleranceFraction = 0.005m;

    // A day on which a difference of a twentieth could hide in the rounding tells nothing.
    private const decimal TellingFraction = 0.05m;

    public required PaidPriceKey Key { get; init; }

    public required DateOnly Day { get; init; }

    public required long Tokens { get; init; }

    public required decimal GrossUsd { get; init; }

    /// <summary>One unit of the last decimal place of each row: what rounding may have hidden.</summary>
    public required decimal RoundingUsd { get; init; }

    public required bool IsCountedBeside { get; init; }

    /// <summary>The amount by the book; null when it has no price.</summary>
    public BookedAmount? Booked { get; init; }

    /// <summary>Why there is none; null when there is one.</summary>
    public UnpricedReason? Unbooked { get; init; }

    public (PriceRow Row, decimal Usd)? Edge => Booked?.EdgeTo(GrossUsd);

    public bool IsContradiction => Booked is { } booked
        ? booked.DistanceTo(GrossUsd) > RoundingUsd + (booked.EdgeTo(GrossUsd).Usd * ToleranceFraction)
        : GrossUsd > 0m;

    /// <summary>Whether it shows anything: a contradiction, or an agreement in which none could hide.</summary>
    public bool IsTelling => IsContradiction
        || (Booked is { } booked && RoundingUsd <= booked.LowUsd * TellingFraction);

    /// <summary>Whether the price is the one at which <paramref name="usd"/> was paid for so much.</summary>
    public bool IsAtPriceOf(decimal usd, decimal weight)
    {
        // For one kind the weight is tokens; where kinds are added up it is what they cost by the book. Both sides are
        // multiplied by it instead of divided.
        var expected = usd * Weight;
        return Math.Abs((GrossUsd * weight) - expected) <= (RoundingUsd * weight) + (expected * ToleranceFraction);
    }

    public decimal Weight => Key.Kind is null && Edge is { } edge ? edge.Usd : Tokens;

    /// <summary>The same price's part of another bucket.</summary>
    public PaidAmount With(PaidAmount other) => this with
    {
        Tokens = checked(Tokens + other.Tokens),
        GrossUsd = GrossUsd + other.GrossUsd,
        RoundingUsd = RoundingUsd + other.RoundingUsd,
        IsCountedBeside = IsCountedBeside || other.IsCountedBeside,
        Booked = Booked is { } mine && other.Booked is { } theirs ? mine + theirs : null,
        Unbooked = Unbooked ?? other.Unbooked,
    };
}
