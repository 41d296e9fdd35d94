using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.Tests.Polling;

/// <summary>Checkpoints, alerts and a queue in memory.</summary>
internal sealed class MemoryMarks(Steps steps) : ICheckpoints, IAlertLog, IWorkQueue
{
    public SortedDictionary<string, Checkpoint> Checkpoints { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<(string Kind, string Subject), Alert> Alerts { get; } = [];

    public List<LedgerMessage> Messages { get; } = [];

    public Task<Checkpoint?> FindAsync(string name, CancellationToken cancellation) =>
        Task.FromResult(Checkpoints.GetValueOrDefault(name));

    public Task SetAsync(Checkpoint checkpoint, CancellationToken cancellation) =>
        Change(() => Checkpoints[checkpoint.Name] = checkpoint);

    public Task RemoveAsync(string name, CancellationToken cancellation) => Change(() => Checkpoints.Remove(name));

    IAsyncEnumerable<Checkpoint> ICheckpoints.ReadAsync(string namePrefix, CancellationToken cancellation) =>
        Checkpoints.Values.Where(mark => mark.Name.StartsWith(namePrefix)).ToList().ToAsyncEnumerable();

    public Task<Alert?> FindAsync(string kind, string subject, CancellationToken cancellation) =>
        Task.FromResult(Alerts.GetValueOrDefault((kind, subject)));

    public Task StoreAsync(Alert alert, CancellationToken cancellation) =>
        Change(() => Alerts[(alert.Kind, alert.Subject)] = alert);

    IAsyncEnumerable<Alert> IAlertLog.ReadAsync(CancellationToken cancellation) =>
        Alerts.Values.ToList().ToAsyncEnumerable();

    IAsyncEnumerable<Alert> IAlertLog.ReadAsync(string kind, CancellationToken cancellation) =>
        Alerts.Values.Where(alert => alert.Kind == kind).ToList().ToAsyncEnumerable();

    public Task EnqueueAsync(LedgerMessage message, TimeSpan delay, CancellationToken cancellation) =>
        Change(() => Messages.Add(message));

    private Task Change(Action change) => steps.AroundAsync(() =>
    {
        change();
        return Task.FromResult(true);
    });
}
