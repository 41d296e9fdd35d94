using TokenLedger.Application.Ingesting;
using TokenLedger.Application.Messages;

namespace TokenLedger.Application.Collecting;

/// <summary>Handles a finished run: folds what the archive holds of it and queues the days that it changed.</summary>
/// <remarks>
/// It fetches nothing: the run's artifacts are in the archive when somebody has put them there, and a run without any
/// counts as one without telemetry.
/// </remarks>
public sealed class CollectRun(UpdateRun update, MisplacedUploadAlerts alerts)
{
    /// <summary>Handles one message.</summary>
    /// <exception cref="Ports.RunConflictException">The run id is known under another repository.</exception>
    public Task<IngestedRun> ExecuteAsync(CollectRunMessage message, CancellationToken cancellation) =>
        update.ExecuteAsync(
            message.Run, folded => alerts.RaiseAsync(message.Run, folded, cancellation), cancellation);
}
