using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Health;

/// <summary>Keeps and tells when each function last did its work, and what waits or failed.</summary>
public sealed class ServiceHealth(
    IQueueDepths queues, ICheckpoints checkpoints, IAlertLog alerts, TimeProvider time)
{
    // More would be a write for every message; a reader wants to know of hours.
    private static readonly TimeSpan NoteInterval = TimeSpan.FromMinutes(1);

    // Anyone may ask, and must not be able to load the storage by asking.
    private static readonly TimeSpan AnswerAge = TimeSpan.FromSeconds(5);

    /// <summary>The function that takes GitHub's deliveries.</summary>
    public const string Webhook = "GitHubWebhook";

    /// <summary>The function that asks for bills.</summary>
    public const string Poll = "PollBilling";

    private const string SuccessPrefix = "success/";

    // More open alerts than anyone reads.
    private const int AlertsMax = 1_000;

    private readonly Lock state = new();
    private readonly Dictionary<string, DateTimeOffset> noted = new(StringComparer.Ordinal);
    private (DateTimeOffset At, Task<HealthReport> Report)? last;

    /// <summary>The name of the mark of a function's last success.</summary>
    public static string MarkOf(string function) => SuccessPrefix + function;

    /// <summary>Notes that a function did its work, at most once a minute and process.</summary>
    public async Task NoteSuccessAsync(string function, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        lock (state)
        {
            if (noted.TryGetValue(function, out var before) && now - before < NoteInterval)
                return;
        }

        try
        {
            await checkpoints.SetAsync(new Checkpoint(MarkOf(function), now), cancellation);
        }
#pragma warning disable CA1031 // The work is done: that nobody could note it must not make it be done again.
        catch (Exception) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return;
        }

        lock (state)
            noted[function] = now;
    }

    /// <summary>How the service is; a few seconds old at most.</summary>
    public Task<HealthReport> ReadAsync()
    {
        var now = time.GetUtcNow();
        lock (state)
        {
            if (last is { } kept && now - kept.At < AnswerAge && !kept.Report.IsFaulted && !kept.Report.IsCanceled)
                return kept.Report;
            // Shared by whoever asks meanwhile, so no single caller's going away may end it; and not while the lock is
            // held, which the webhook waits for too.
            var report = Task.Run(() => ReadNowAsync(CancellationToken.None));
            last = (now, report);
            return report;
        }
    }

    private async Task<HealthReport> ReadNowAsync(CancellationToken cancellation)
    {
        var depths = await queues.ReadDepthsAsync(cancellation);
        var successes = await checkpoints.ReadAsync(SuccessPrefix, cancellation)
            .Select(mark => (mark.Name[SuccessPrefix.Length..], mark.At))
            .ToListAsync(cancellation);
        var openAlerts = await alerts.ReadAsync(cancellation)
            .Where(alert => alert.IsOpen)
            .Take(AlertsMax)
            .CountAsync(cancellation);
        return new HealthReport(depths, successes, openAlerts);
    }
}
