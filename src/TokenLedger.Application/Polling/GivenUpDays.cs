using System.Globalization;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Domain.Charges;
using TokenLedger.Domain.Settlement;

namespace TokenLedger.Application.Polling;

/// <summary>
/// Has a day reconciled once more when its bill is asked for no longer and it has not closed: time alone changes how
/// final such a day is, and nothing else would tell.
/// </summary>
/// <remarks>A mark <c>given-up/{account}</c> holds the first day that is not dealt with.</remarks>
internal sealed class GivenUpDays(
    IDayLedger days, PollRefusals refusals, ICheckpoints checkpoints, DayQueue queue)
{
    private const string Prefix = "given-up/";

    // How far back the first look goes.
    private const int FirstDays = 31;

    /// <summary>Gives up a refused day of a view. The mark goes last: killed before, it is redone.</summary>
    public async Task AddAsync(ViewKey view, DateOnly day, CancellationToken cancellation)
    {
        await queue.AddAsync(day, cancellation);
        await refusals.ForgetAsync(view, day, cancellation);
    }

    /// <summary>Finds days of an account that fell out of the poll before they closed.</summary>
    /// <param name="account">The wallet.</param>
    /// <param name="oldest">The first day that is still asked for.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="cancellation">Ends between days.</param>
    public async Task FindAsync(
        BillingAccount account, DateOnly oldest, DateTimeOffset now, CancellationToken cancellation)
    {
        var mark = await checkpoints.FindAsync(Prefix + account.Key, cancellation);
        var isKnown = DateOnly.TryParseExact(
            mark?.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from);
        if (!isKnown)
            from = oldest.AddDays(-FirstDays);
        if (from >= oldest)
            return;
        await foreach (var head in days.ReadAsync(account, from, oldest, cancellation))
        {
            if (head.Settlement.Status != SettlementStatus.Closed)
                await queue.AddAsync(head.Settlement.Day, cancellation);
        }

        await checkpoints.SetAsync(
            new Checkpoint(Prefix + account.Key, now, RefusalBook.Text(oldest)), cancellation);
    }
}
