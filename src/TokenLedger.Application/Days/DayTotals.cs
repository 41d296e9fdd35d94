namespace TokenLedger.Application.Days;

/// <summary>
/// What the AI usage of an account's day adds up to. Billed = allocated + unallocated, to the nano-credit.
/// </summary>
/// <param name="EstimatedAiCredits">The estimate of the priced slices; null when no usage is known.</param>
/// <param name="BilledGrossNanoCredits">The gross of all basis charges; null while no bill is known.</param>
/// <param name="BilledNetNanoCredits">Their net; null while no bill or the net of a charge is unknown.</param>
/// <param name="AllocatedGrossNanoCredits">The gross that runs answer for; null while no bill is known.</param>
/// <param name="UnallocatedGrossNanoCredits">The gross that no run answers for; null while no bill is known.</param>
/// <param name="Runs">Run attempts with usage on the day.</param>
/// <param name="UnpricedRequests">Requests without a price.</param>
public sealed record DayTotals(
    decimal? EstimatedAiCredits,
    long? BilledGrossNanoCredits,
    long? BilledNetNanoCredits,
    long? AllocatedGrossNanoCredits,
    long? UnallocatedGrossNanoCredits,
    int Runs,
    long UnpricedRequests);
