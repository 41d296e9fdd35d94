namespace TokenLedger.Domain.Allocation;

/// <summary>One figure over another, for telling how they compare. A share of money is split instead.</summary>
internal static class Ratio
{
    /// <summary>The ratio, to 28 digits.</summary>
    /// <param name="part">The upper figure.</param>
    /// <param name="whole">The lower figure; not 0.</param>
    /// <exception cref="DivideByZeroException">The lower figure is 0.</exception>
    public static decimal Of(decimal part, decimal whole) => part / whole;
}
