using System.Globalization;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Collecting;

/// <summary>Handles a blob created in the archive: folds the run that it lies in.</summary>
/// <remarks>The same event again, or one of the archive's own files, finds nothing new and writes nothing.</remarks>
public sealed class TakeUploadedLog(UpdateRun update, MisplacedUploadAlerts alerts)
{
    private const string OtherRepository =
        "The run is known as one of another repository, so the upload is in no run's archive. "
        + "Upload it under the name that the repository had when the run was first known.";

    private const string NotLowerCase =
        "Host, owner and repository of the path are not in lower case, so the upload is in no run's archive. "
        + "Upload it under the lower-case path.";

    /// <summary>Handles one message.</summary>
    /// <param name="text">The message as the queue holds it.</param>
    /// <param name="cancellation">Ends the fold between lines.</param>
    public async Task<TakenLog> ExecuteAsync(string text, CancellationToken cancellation)
    {
        var reading = UploadedLog.Read(text);
        if (reading.Log is not { } log)
        {
            if (reading is { Fault: UploadedLogFault.NotLowerCase, Path: { } path })
                await alerts.RaiseAsync(path, NotLowerCase, cancellation);
            return new TakenLog(null, reading.Fault);
        }

        try
        {
            var run = await update.ExecuteAsync(
                log.Run, seen: null, log.MarkItem, folded => alerts.RaiseAsync(log.Run, folded, cancellation),
                cancellation);
            return new TakenLog(run, null);
        }
        catch (RunConflictException)
        {
            var below = string.Create(CultureInfo.InvariantCulture, $"{log.Run.Attempt}/{log.UploadName}");
            await alerts.RaiseAsync(MisplacedUploadAlerts.PathOf(log.Run, below), OtherRepository, cancellation);
            return new TakenLog(null, UploadedLogFault.OtherRepository);
        }
    }
}
