using TokenLedger.Domain.Pricing;

namespace TokenLedger.Domain.PaidPrices;

/// <summary>What tokens cost by the book, in US dollars: between two rows where the bill names no band.</summary>
/// <param name="Low">The row of the lower amount.</param>
/// <param name="High">The row of the higher amount.</param>
/// <param name="LowUsd">The lower amount.</param>
/// <param name="HighUsd">The higher amount.</param>
internal readonly record struct BookedAmount(PriceRow Low, PriceRow High, decimal LowUsd, decimal HighUsd)
{
    /// <summary>How far an amount lies outside; 0 within.</summary>
    public decimal DistanceTo(decimal usd) => Math.Max(0m, Math.Max(LowUsd - usd, usd - HighUsd));

    /// <summary>The end nearest to an amount.</summary>
    public (PriceRow Row, decimal Usd) EdgeTo(decimal usd) =>
        Math.Abs(usd - LowUsd) <= Math.Abs(usd - HighUsd) ? (Low, LowUsd) : (High, HighUsd);

    /// <summary>The sum of two parts of one price.</summary>
    public static BookedAmount operator +(BookedAmount left, BookedAmount right) =>
        left with { LowUsd = left.LowUsd + right.LowUsd, HighUsd = left.HighUsd + right.HighUsd };
}
