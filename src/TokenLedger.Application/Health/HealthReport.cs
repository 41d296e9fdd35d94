using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Health;

/// <summary>How the service is.</summary>
/// <param name="Queues">What waits.</param>
/// <param name="LastSuccesses">When each function last did its work, in order of their names.</param>
/// <param name="OpenAlerts">How many alerts are open.</param>
public sealed record HealthReport(
    IReadOnlyList<QueueDepth> Queues,
    IReadOnlyList<(string Function, DateTimeOffset At)> LastSuccesses,
    int OpenAlerts)
{
    /// <summary>Whether nothing failed for good.</summary>
    public bool IsWell => OpenAlerts == 0
        && Queues.All(queue => queue.Messages == 0 || !QueueNames.IsPoison(queue.QueueName));
}
