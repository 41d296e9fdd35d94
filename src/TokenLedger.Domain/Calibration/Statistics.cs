namespace TokenLedger.Domain.Calibration;

/// <summary>Order statistics of ratios.</summary>
internal static class Statistics
{
    /// <summary>The smallest value that the fraction of the values does not exceed.</summary>
    /// <param name="ordered">The values, ascending; at least one.</param>
    /// <param name="fraction">Above 0, at most 1.</param>
    public static decimal QuantileOf(IReadOnlyList<decimal> ordered, decimal fraction) =>
        ordered[Math.Max(0, (int)Math.Ceiling(ordered.Count * fraction) - 1)];
}
