namespace TokenLedger.Application.Artifacts;

/// <summary>A sum of billed amounts in nano-credits. One unknown net makes the net of the sum unknown.</summary>
/// <param name="Gross">The gross sum.</param>
/// <param name="Net">The net sum; null when any part's is unknown.</param>
internal readonly record struct BilledSum(long Gross, long? Net)
{
    public static readonly BilledSum Nothing = new(0, 0);

    public decimal AiCredits => Domain.Credits.AiCredits.FromNanoCredits(Gross);

    public decimal GrossUsd => Domain.Credits.AiCredits.UsdFromNanoCredits(Gross);

    public decimal? NetUsd => Net is { } net ? Domain.Credits.AiCredits.UsdFromNanoCredits(net) : null;

    public static BilledSum Of(IEnumerable<BilledSum> parts) => parts.Aggregate(
        Nothing, (sum, part) => checked(new BilledSum(sum.Gross + part.Gross, sum.Net + part.Net)));
}
