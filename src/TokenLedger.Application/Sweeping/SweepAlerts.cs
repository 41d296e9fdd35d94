using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Sweeping;

/// <summary>Tells what keeps missed runs from being found, and that it no longer does.</summary>
internal sealed class SweepAlerts(IAlertLog alerts, TimeProvider time)
{
    // As long as the port takes.
    private const int SubjectLengthMax = 500;

    /// <summary>Tells of a refusal or a hole.</summary>
    public async Task RaiseAsync(string kind, string subject, string message, CancellationToken cancellation)
    {
        subject = Bounded(subject);
        var known = await alerts.FindAsync(kind, subject, cancellation);
        var now = time.GetUtcNow();
        await alerts.StoreAsync(
            new Alert(
                kind, subject, message, known is { IsOpen: true } ? known.FirstAt : now, now,
                checked((known?.Count ?? 0) + 1), IsOpen: true),
            cancellation);
    }

    /// <summary>Closes what was told.</summary>
    public async Task CloseAsync(string kind, string subject, CancellationToken cancellation)
    {
        if (await alerts.FindAsync(kind, Bounded(subject), cancellation) is { IsOpen: true } known)
            await alerts.StoreAsync(known with { IsOpen = false, LastAt = time.GetUtcNow() }, cancellation);
    }

    private static string Bounded(string subject) =>
        subject.Length <= SubjectLengthMax ? subject : subject[..SubjectLengthMax];
}
