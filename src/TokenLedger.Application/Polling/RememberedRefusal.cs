using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Polling;

/// <summary>A day of a view that the provider refused when it was last asked.</summary>
/// <param name="View">The view.</param>
/// <param name="Filter">What of the account is asked for; empty for all of it.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="At">When it was refused last, UTC.</param>
/// <param name="Code">A code of <see cref="Ports.ProviderRefusal"/>.</param>
/// <param name="Message">The cause and what to do, for people; no secret.</param>
/// <param name="RetryAt">When it is asked for again at the earliest, UTC.</param>
/// <param name="IsOfAccount">Whether every day of the view is refused alike.</param>
public sealed record RememberedRefusal(
    BillView View, string Filter, DateOnly Day, DateTimeOffset At, string Code, string Message,
    DateTimeOffset RetryAt, bool IsOfAccount);
