using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Polling;

/// <summary>Forgets what was refused of a view or bill that is asked for no more: nobody will answer it.</summary>
internal sealed class UnaskedViews(ICheckpoints checkpoints, AlertBook alerts)
{
    private readonly RefusalBook book = new(checkpoints);

    /// <summary>Closes alerts, then removes marks. Killed in between, the next poll does the rest.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="cancellation">Ends between alerts and marks.</param>
    public async Task ForgetAsync(IReadOnlyList<ViewKey> asked, CancellationToken cancellation)
    {
        await alerts.CloseAsync(
            Alert.BillUnreadable, alert => !asked.Any(view => PollRefusals.IsOf(alert, view)), cancellation);
        foreach (var name in await book.ReadOthersAsync(asked, cancellation))
            await checkpoints.RemoveAsync(name, cancellation);
    }
}
