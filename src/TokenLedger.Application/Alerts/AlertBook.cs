using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Alerts;

/// <summary>Opens and closes alerts, one of a kind and subject, counted as often as it is told.</summary>
internal sealed class AlertBook(IAlertLog alerts, TimeProvider time)
{
    // As long as the port takes.
    private const int SubjectLengthMax = 500;

    /// <summary>Tells of something that somebody should know.</summary>
    public async Task RaiseAsync(string kind, string subject, string message, CancellationToken cancellation) =>
        await StoreAsync(
            kind, subject, message, await alerts.FindAsync(kind, Bounded(subject), cancellation), cancellation);

    /// <summary>As above, unless the same is told and open already.</summary>
    public async Task RaiseOnceAsync(string kind, string subject, string message, CancellationToken cancellation)
    {
        var known = await alerts.FindAsync(kind, Bounded(subject), cancellation);
        if (known is not { IsOpen: true } || !string.Equals(known.Message, message, StringComparison.Ordinal))
            await StoreAsync(kind, subject, message, known, cancellation);
    }

    /// <summary>Closes what was told.</summary>
    public async Task CloseAsync(string kind, string subject, CancellationToken cancellation)
    {
        if (await alerts.FindAsync(kind, Bounded(subject), cancellation) is { IsOpen: true } known)
            await alerts.StoreAsync(known with { IsOpen = false, LastAt = time.GetUtcNow() }, cancellation);
    }

    /// <summary>Closes what was told of a kind and is over; one question, and a write for each that is.</summary>
    public async Task CloseAsync(string kind, Predicate<Alert> isOver, CancellationToken cancellation)
    {
        var told = await alerts.ReadAsync(kind, cancellation)
            .Where(alert => alert.IsOpen && isOver(alert))
            .ToListAsync(cancellation);
        foreach (var alert in told)
            await alerts.StoreAsync(alert with { IsOpen = false, LastAt = time.GetUtcNow() }, cancellation);
    }

    private Task StoreAsync(
        string kind, string subject, string message, Alert? known, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return alerts.StoreAsync(
            new Alert(
                kind, Bounded(subject), message, known is { IsOpen: true } ? known.FirstAt : now, now,
                checked((known?.Count ?? 0) + 1), IsOpen: true),
            cancellation);
    }

    private static string Bounded(string subject) =>
        subject.Length <= SubjectLengthMax ? subject : subject[..SubjectLengthMax];
}
