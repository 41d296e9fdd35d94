using System.Diagnostics;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Exporting;
using TokenLedger.Application.Messages;
using TokenLedger.Application.Ports;
using TokenLedger.Application.Reconciling;
using TokenLedger.Application.Telemetry;

namespace TokenLedger.Hosting.Workers;

/// <summary>Does what a queue message asks for, in the trace of whoever queued it.</summary>
public sealed class MessageHandler(
    CollectRun collectRun, TakeUploadedLog takeUploadedLog, ReconcileDay reconcileDay, BudgetWork budgets,
    ExportReports exportReports, FailedMessages failures)
{
    /// <summary>Handles one message. Only the cancellation is thrown.</summary>
    /// <param name="queueName">The queue it came from.</param>
    /// <param name="text">The message as the queue gave it, plain or Base64.</param>
    /// <param name="cancellation">Ends the work; the message then comes again.</param>
    public Task<MessageResult> HandleAsync(string queueName, string text, CancellationToken cancellation) =>
        HandleAsync(queueName, text, dequeueCount: null, cancellation);

    /// <summary>Handles one message. Only the cancellation is thrown.</summary>
    /// <param name="queueName">The queue it came from.</param>
    /// <param name="text">The message as the queue gave it, plain or Base64.</param>
    /// <param name="dequeueCount">How often it was handed out, this time included; null where nobody can be trusted
    /// to say.</param>
    /// <param name="cancellation">Ends the work; the message then comes again.</param>
    public async Task<MessageResult> HandleAsync(
        string queueName, string text, long? dequeueCount, CancellationToken cancellation)
    {
        var json = MessageText.Decode(text);
        var envelope = MessageFormat.Read(json);
        using var activity = LedgerTelemetry.Start(
            "process " + queueName, ActivityKind.Consumer, envelope?.TraceParent);
        // A message that was handed out too often ended the process each time: it is not tried again.
        var failure = dequeueCount > QueueNames.DequeueCountMax
            ? new MessageFailure("process-ended", "the process ended while handling it.")
            : await TryAsync(queueName, json, envelope?.Message, cancellation);
        LedgerTelemetry.MessageHandled(queueName, failure is null);
        if (failure is not { } why)
            return new MessageResult(true, $"{queueName}: done.");
        activity?.SetStatus(ActivityStatusCode.Error, why.Code);
        return new MessageResult(false, await NoteAsync(queueName, text, why, dequeueCount, cancellation));
    }

    // Null when done, else why not.
    private async Task<MessageFailure?> TryAsync(
        string queueName, string json, LedgerMessage? message, CancellationToken cancellation)
    {
        try
        {
            switch (queueName, message)
            {
                case (QueueNames.LogUploaded, _):
                    var taken = await takeUploadedLog.ExecuteAsync(json, cancellation);
                    return taken.Fault == UploadedLogFault.NoEvent
                        ? new MessageFailure("no-event", "it is no event of Event Grid.")
                        : null;
                case (QueueNames.CollectRun, CollectRunMessage collect):
                    await collectRun.ExecuteAsync(collect, cancellation);
                    return null;
                case (QueueNames.ReconcileDay, ReconcileDayMessage day):
                    await reconcileDay.ExecuteAsync(day.Day, cancellation);
                    // After it: a process killed in between reconciles again, which stores nothing, and queues then.
                    await budgets.AddAsync(day.Day, cancellation);
                    return null;
                case (QueueNames.EvaluateBudgets, EvaluateBudgetsMessage changed):
                    await budgets.EvaluateAsync([changed.Day], cancellation);
                    return null;
                case (QueueNames.ExportReport, ExportReportMessage export):
                    await exportReports.GoOnAsync(export.Enterprise, cancellation);
                    return null;
                default:
                    return new MessageFailure("unknown-message", "this version does not know it.");
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (RunConflictException conflict)
        {
            return new MessageFailure("run-conflict", conflict.Message);
        }
        catch (LedgerUnusableException failure)
        {
            return new MessageFailure("ledger-unusable", failure.Message);
        }
#pragma warning disable CA1031 // The edge of the process: whatever failed, the message comes again or is poison.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // The message of an unexpected fault may quote a log; its type does not.
            return new MessageFailure(fault.GetType().Name, $"{fault.GetType().Name}.");
        }
    }

    private async Task<string> NoteAsync(
        string queueName, string text, MessageFailure failure, long? dequeueCount, CancellationToken cancellation)
    {
        try
        {
            var isLast = await failures.AddAsync(
                queueName, text, failure.Reason, dequeueCount, cancellation);
            return $"{queueName}: failed{(isLast ? " for the last time" : "")}: {failure.Code}.";
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // The storage that failed the message fails the note of it too; the message comes again all the same.
            return $"{queueName}: failed, and could not be noted ({fault.GetType().Name}): {failure.Code}.";
        }
    }
}
