using System.Diagnostics;
using System.Globalization;
using TokenLedger.Application.Sweeping;
using TokenLedger.Application.Telemetry;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Workers;

/// <summary>The look for missed runs, each quarter of an hour.</summary>
public static class SweepTimer
{
    /// <summary>Its name where functions are listed.</summary>
    public const string Name = "SweepMissedRuns";

    /// <summary>Sweeps once. Only the cancellation is thrown.</summary>
    public static async Task<MessageResult> RunAsync(LedgerServices services, CancellationToken cancellation)
    {
        using var activity = LedgerTelemetry.Activities.StartActivity("timer " + Name, ActivityKind.Internal);
        try
        {
            var outcome = await services.SweepMissedRuns.ExecuteAsync(cancellation);
            await services.Health.NoteSuccessAsync(Name, cancellation);
            return new MessageResult(true, $"{Name}: {LineOf(outcome)}");
        }
#pragma warning disable CA1031 // The edge of the process: the next quarter of an hour sweeps again.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            activity?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            return new MessageResult(false, $"{Name}: failed ({fault.GetType().Name}).");
        }
    }

    /// <summary>What a sweep did, in one line without any name from outside.</summary>
    internal static string LineOf(SweepOutcome outcome) => outcome.SkippedBecause is { } reason
        ? $"skipped, {reason}."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.RepositoriesLookedAt} of {outcome.Repositories} repositories looked at, ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.RepositoriesLeft} left to the next sweep, {outcome.RepositoriesRefused} refused; ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.RunsSeen} agent runs seen, {outcome.RunsQueued} missed ones queued; ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.DeliveriesSentAgain} deliveries sent again, {outcome.DeliveriesLeft} left, ")
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.DeliveriesGivenUp} given up; {outcome.Questions} questions")
        + (outcome.Refusal is { } refusal ? $"; last refusal: {refusal.Code}." : ".");
}
