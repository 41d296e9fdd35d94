using TokenLedger.Domain.Credits;

namespace TokenLedger.Domain.Calibration;

/// <summary>What an estimate is multiplied by to tell what will be billed, with an interval.</summary>
/// <param name="Level">From which days it was learned.</param>
/// <param name="Factor">Billed over estimated; 1 where not identifiable.</param>
/// <param name="Low">The lower end, at least 0 and at most the factor.</param>
/// <param name="High">The upper end: at least 90 of 100 days to come are meant to lie between the two.</param>
/// <param name="Days">Days of one model that it was learned from.</param>
public sealed record CalibrationFactor(
    CalibrationLevel Level, decimal Factor, decimal Low, decimal High, int Days)
{
    // Nobody knows: half to double is wider than any drift that was seen where one could be told (reported gaps of
    // single models go to 17 %, read 2026-08).
    private const decimal UnknownLow = 0.5m;
    private const decimal UnknownHigh = 2m;

    /// <summary>The factor of an account from which nothing was learned.</summary>
    public static CalibrationFactor NotIdentifiable { get; } =
        new(CalibrationLevel.NotIdentifiable, 1m, UnknownLow, UnknownHigh, 0);

    /// <summary>Whether anything was learned.</summary>
    public bool IsIdentifiable => Level != CalibrationLevel.NotIdentifiable;

    /// <summary>An estimate, calibrated; digits beyond the nano-credit cut off.</summary>
    public CalibratedAmount Of(decimal estimatedAiCredits) => new(
        AiCredits.TruncateToNanoCredits(estimatedAiCredits * Factor),
        AiCredits.TruncateToNanoCredits(estimatedAiCredits * Low),
        AiCredits.TruncateToNanoCredits(estimatedAiCredits * High));
}
