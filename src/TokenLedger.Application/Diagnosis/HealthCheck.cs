using System.Globalization;
using TokenLedger.Application.Health;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Diagnosis;

/// <summary>The service's own health: queues, what its functions last did, open alerts.</summary>
public sealed class HealthCheck(ILedgerStorage? storage, TimeProvider time) : ICheck
{
    private const string OpenAlert = "TL1095";
    private const string Poison = "TL1096";
    private const string WaitsLong = "TL1097";
    private const string FunctionSilent = "TL1098";

    private const int AlertsMax = 10;

    private static readonly TimeSpan WaitMax = TimeSpan.FromHours(1);

    // It runs every hour.
    private static readonly TimeSpan PollSilenceMax = TimeSpan.FromHours(3);

    /// <inheritdoc/>
    public string Name => "Health";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation)
    {
        if (storage is null)
            return [CheckResult.Skipped(Name, "service", "There is no ledger to look into.")];
        var report = await new ServiceHealth(storage.QueueDepths, storage.Checkpoints, storage.Alerts, time)
            .ReadAsync();
        return
        [
            .. report.Queues.Select(OfQueue).OfType<CheckResult>().DefaultIfEmpty(
                CheckResult.Ok(Name, "queues", "Nothing waits for long, and nothing failed for good.")),
            .. OfFunctions(report.LastSuccesses),
            .. await OfAlertsAsync(storage.Alerts, report.OpenAlerts, cancellation),
        ];
    }

    private CheckResult? OfQueue(QueueDepth queue)
    {
        if (queue.Messages == 0)
            return null;
        if (QueueNames.IsPoison(queue.QueueName))
        {
            return CheckResult.Problem(
                Name, $"queue {queue.QueueName}", Poison, string.Create(
                    CultureInfo.InvariantCulture, $"{queue.Messages} messages failed for good."),
                "The alerts below tell which and why. Mend the cause, then put the messages back or delete them.");
        }

        return queue.OldestAge > WaitMax
            ? CheckResult.Warning(
                Name, $"queue {queue.QueueName}", WaitsLong, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{queue.Messages} messages wait, the oldest for {queue.OldestAge.Value.TotalHours:0.#} hours."),
                "See that the service runs: 'tokenledger serve', or the Functions app.")
            : null;
    }

    private IEnumerable<CheckResult> OfFunctions(IReadOnlyList<(string Function, DateTimeOffset At)> successes)
    {
        if (successes.Count == 0)
        {
            yield return CheckResult.Skipped(
                Name, "functions", "No service has worked on this ledger: it is filled by commands.");
        }

        foreach (var (function, at) in successes)
        {
            var seen = string.Create(CultureInfo.InvariantCulture, $"Last succeeded {at:yyyy-MM-dd HH:mm} UTC.");
            var isSilent = string.Equals(function, ServiceHealth.Poll, StringComparison.Ordinal)
                && time.GetUtcNow() - at > PollSilenceMax;
            yield return isSilent
                ? CheckResult.Warning(
                    Name, function, FunctionSilent, seen,
                    "It runs every hour: see that the service runs, and its log.")
                : CheckResult.Ok(Name, function, seen);
        }
    }

    // Refused bills are told under Freshness, and poison queues above.
    private async Task<IReadOnlyList<CheckResult>> OfAlertsAsync(
        IAlertLog alerts, int openAlerts, CancellationToken cancellation)
    {
        if (openAlerts == 0)
            return [CheckResult.Ok(Name, "alerts", "None is open.")];
        return await alerts.ReadAsync(cancellation)
            .Where(alert => alert.IsOpen && alert.Kind is not (Alert.BillUnreadable or Alert.PoisonQueue))
            .OrderByDescending(alert => alert.LastAt)
            .Take(AlertsMax)
            .Select(alert => CheckResult.Warning(
                Name, $"{alert.Kind} {alert.Subject}", OpenAlert, alert.Message,
                "docs/operating.md says for each kind what to do; most close by themselves once the cause is gone."))
            .ToListAsync(cancellation);
    }
}
