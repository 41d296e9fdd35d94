using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Gap;

/// <summary>
/// The gap of charges and usage that can mean each other: the smallest piece that is explained by itself.
/// </summary>
/// <remarks>
/// The amounts add up to the billed less the estimated credits, unknown taken as nothing, exactly. Cells of any
/// accounts, days and models are added with <see cref="GapSum"/>.
/// </remarks>
/// <param name="Account">The wallet; null for usage of a channel without a known bill.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Model">The channel and normalised model; null where the piece holds several or none.</param>
/// <param name="EstimatedAiCredits">The estimate of its priced usage, exact; null when none of it is priced.</param>
/// <param name="UnpricedRequests">Requests without a price, which are not in the estimate.</param>
/// <param name="BilledNanoCredits">Gross; null when no bill of the day was seen.</param>
/// <param name="NetNanoCredits">Net; null when unknown or no bill was seen.</param>
/// <param name="Amounts">The amounts, by part, then cause.</param>
public sealed record GapCell(
    BillingAccount? Account,
    DateOnly Day,
    (Channel Channel, string Name)? Model,
    decimal? EstimatedAiCredits,
    long UnpricedRequests,
    long? BilledNanoCredits,
    long? NetNanoCredits,
    IReadOnlyList<GapAmount> Amounts);
