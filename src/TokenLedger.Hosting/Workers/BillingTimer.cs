using System.Diagnostics;
using TokenLedger.Application.Health;
using TokenLedger.Application.Telemetry;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Workers;

/// <summary>
/// The hourly poll of the bills and the start of reports; before it a look at the poison queues, and alerts that were
/// not sent.
/// </summary>
public static class BillingTimer
{
    /// <summary>Its name where functions are listed.</summary>
    public const string Name = ServiceHealth.Poll;

    /// <summary>Asks for the days that are due. Only the cancellation is thrown.</summary>
    public static async Task<MessageResult> RunAsync(LedgerServices services, CancellationToken cancellation)
    {
        using var activity = LedgerTelemetry.Activities.StartActivity("timer " + Name, ActivityKind.Internal);
        try
        {
            await services.PoisonAlerts.CheckAsync(cancellation);
            await services.SendAlerts.ExecuteAsync(cancellation);
            var outcome = await services.PollBilling.ExecuteAsync(cancellation);
            await services.ExportReports.BeginAsync(cancellation);
            await services.Health.NoteSuccessAsync(Name, cancellation);
            return new MessageResult(true, FormattableString.Invariant(
                $"{Name}: {outcome.Days.Count} days of views asked for, {outcome.DaysLeft} left to the next hour."));
        }
#pragma warning disable CA1031 // The edge of the process: the next hour polls again.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            activity?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            return new MessageResult(false, $"{Name}: failed ({fault.GetType().Name}).");
        }
    }
}
