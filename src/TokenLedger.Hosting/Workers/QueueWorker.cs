using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Telemetry;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Workers;

/// <summary>Works off one queue, a message at a time, as the Functions host does on Azure.</summary>
/// <param name="function">The function's name where successes are noted.</param>
/// <param name="queueName">The queue.</param>
/// <param name="receiver">The queue's other end.</param>
/// <param name="services">The use cases.</param>
/// <param name="log">Told of failures, one line each.</param>
/// <param name="time">The clock.</param>
internal sealed class QueueWorker(
    string function, string queueName, IWorkReceiver receiver, LedgerServices services, Action<string> log,
    TimeProvider time)
{
    // Longer than any message takes; when the process is killed the message is seen again after it.
    private static readonly TimeSpan VisibilityTimeout = TimeSpan.FromMinutes(10);

    // host.json's visibilityTimeout: how long a failed message rests.
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>How long a message at hand may take once the service stops.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    // After the storage itself failed.
    private static readonly TimeSpan StorageRest = TimeSpan.FromSeconds(5);

    /// <summary>Works until it is stopped; what is being done is then finished or comes again.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await WorkOnceAsync(stopping))
                    await Task.Delay(PollInterval, time, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The edge of the worker: a storage that fails now works again later.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                log($"{queueName}: the storage failed ({fault.GetType().Name}); trying again.");
                await Task.Delay(StorageRest, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Handles one message, and after a stop for a moment only; false when none is visible.</summary>
    public async Task<bool> WorkOnceAsync(CancellationToken stopping)
    {
        if (await receiver.ReceiveAsync(queueName, VisibilityTimeout, stopping) is not { } message)
            return false;
        LedgerTelemetry.MessageTaken(queueName, time.GetUtcNow() - message.EnqueuedAt);
        using var impatient = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stop = stopping.Register(() => impatient.CancelAfter(Patience));
        MessageResult result;
        try
        {
            result = await services.Messages.HandleAsync(
                queueName, message.Text, message.DequeueCount, impatient.Token);
        }
        catch (OperationCanceledException) when (impatient.IsCancellationRequested)
        {
            await receiver.ReleaseAsync(message, TimeSpan.Zero, CancellationToken.None);
            throw;
        }

        if (result.IsDone)
        {
            await receiver.CompleteAsync(message, CancellationToken.None);
            await services.Health.NoteSuccessAsync(function, CancellationToken.None);
            return true;
        }

        log(result.Log);
        if (message.DequeueCount >= QueueNames.DequeueCountMax)
            await receiver.MoveToPoisonAsync(message, CancellationToken.None);
        else
            await receiver.ReleaseAsync(message, RetryDelay, CancellationToken.None);
        return true;
    }
}
