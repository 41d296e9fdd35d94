using TokenLedger.Application.Days;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Application.Runs;

/// <summary>A run as it is stored, with what is stored of its part in the bills.</summary>
/// <param name="Attempts">Its attempts, in order, with the payer that configuration names; at least one.</param>
/// <param name="Heads">
/// The days of its usage on accounts that pay for it or gave it shares, ordered by day, then account.
/// </param>
/// <param name="Shares">Its shares.</param>
/// <param name="BilledChannels">Channels of which a bill is known or configured.</param>
internal sealed record RunWithShares(
    IReadOnlyList<LedgerRun> Attempts,
    IReadOnlyList<DayHead> Heads,
    IReadOnlyList<(DateOnly Day, BillingAccount Account, ShareRow Share)> Shares,
    IReadOnlySet<Channel> BilledChannels);
