using TokenLedger.Application.Ports;

namespace TokenLedger.Testing.InMemory;

/// <summary>Alerts by kind and subject.</summary>
public sealed class InMemoryAlertLog(KillSwitch? kill = null) : IAlertLog
{
    private const int SubjectLengthMax = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Kind, string Subject), Alert> alerts = [];

    /// <summary>How often an alert was stored.</summary>
    public int Writes { get; private set; }

    /// <summary>All alerts, ordered by kind, then subject.</summary>
    public IReadOnlyList<Alert> All
    {
        get
        {
            lock (gate)
            {
                return [.. alerts.Values
                    .OrderBy(alert => alert.Kind, StringComparer.Ordinal)
                    .ThenBy(alert => alert.Subject, StringComparer.Ordinal)];
            }
        }
    }

    /// <inheritdoc/>
    public Task<Alert?> FindAsync(string kind, string subject, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        lock (gate)
            return Task.FromResult(alerts.GetValueOrDefault((kind, subject)));
    }

    /// <inheritdoc/>
    public Task StoreAsync(Alert alert, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alert.Subject.Length, SubjectLengthMax, nameof(alert));
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        lock (gate)
        {
            alerts[(alert.Kind, alert.Subject)] = alert;
            Writes++;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Alert> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        kill?.Count();
        return All.ToAsyncEnumerable();
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Alert> ReadAsync(string kind, CancellationToken cancellation) =>
        ReadAsync(cancellation).Where(alert => string.Equals(alert.Kind, kind, StringComparison.Ordinal));
}
