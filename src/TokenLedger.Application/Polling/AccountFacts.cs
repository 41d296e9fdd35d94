using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Polling;

/// <summary>
/// What is known of an account's days while they may still be polled; read once for all of its views.
/// </summary>
/// <param name="Oldest">The first day that is still asked for.</param>
/// <param name="Today">The day that goes on, which is not asked for.</param>
/// <param name="Looks">The looks at its views.</param>
/// <param name="Used">Days on which runs are known to have used something.</param>
/// <param name="Refusals">What the provider refused.</param>
/// <param name="Lags">How late its bill is; null while too few days are closed to tell.</param>
internal sealed record AccountFacts(
    DateOnly Oldest,
    DateOnly Today,
    IReadOnlyList<Observation> Looks,
    IReadOnlySet<DateOnly> Used,
    IReadOnlyList<RememberedRefusal> Refusals,
    LearnedLags? Lags);
