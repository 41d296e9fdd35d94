namespace TokenLedger.Domain.Calibration;

/// <summary>An amount that is expected, with an interval. In nano-credits; low ≤ amount ≤ high.</summary>
/// <param name="NanoCredits">The expected amount.</param>
/// <param name="LowNanoCredits">The lower end.</param>
/// <param name="HighNanoCredits">The upper end.</param>
public readonly record struct CalibratedAmount(long NanoCredits, long LowNanoCredits, long HighNanoCredits)
{
    /// <summary>The sum; lows and highs are added too, so its interval is wider than need be, never narrower.</summary>
    public static CalibratedAmount operator +(CalibratedAmount left, CalibratedAmount right) => checked(new(
        left.NanoCredits + right.NanoCredits,
        left.LowNanoCredits + right.LowNanoCredits,
        left.HighNanoCredits + right.HighNanoCredits));
}
