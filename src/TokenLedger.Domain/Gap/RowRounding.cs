using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Gap;

/// <summary>How far a provider's rounding can have moved a billed row.</summary>
internal static class RowRounding
{
    // A row of few credits in whole numbers may be exact: nothing larger is put down to rounding.
    private const decimal FractionMax = 0.01m;

    /// <summary>
    /// Half a unit of the last place of the row's quantity where that is the amount in AI credits, at most 1 % of the
    /// row; else half a nano-credit, rounded up.
    /// </summary>
    public static long MaxOf(Charge charge)
    {
        if (charge.Quantity is not { } quantity
            || quantity != AiCredits.FromNanoCredits(charge.GrossNanoCredits))
            return 1;
        var halfUnit = new decimal(5, 0, 0, isNegative: false, (byte)Math.Min(28, quantity.Scale + 1));
        return Math.Max(1, AiCredits.TruncateToNanoCredits(Math.Min(halfUnit, Math.Abs(quantity) * FractionMax)));
    }
}
