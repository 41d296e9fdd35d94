using System.Diagnostics;
using TokenLedger.Application.Telemetry;
using TokenLedger.Hosting.Composition;

namespace TokenLedger.Hosting.Workers;

/// <summary>The hourly evaluation of budgets: a period may begin, or come nearer its end, without any change.</summary>
public static class BudgetTimer
{
    /// <summary>Its name where functions are listed.</summary>
    public const string Name = "EvaluateBudgetsOnTimer";

    /// <summary>Evaluates the budgets of now. Only the cancellation is thrown.</summary>
    public static async Task<MessageResult> RunAsync(LedgerServices services, CancellationToken cancellation)
    {
        using var activity = LedgerTelemetry.Activities.StartActivity("timer " + Name, ActivityKind.Internal);
        try
        {
            if (!await services.BudgetWork.EvaluateAsync([], cancellation))
                return new MessageResult(true, $"{Name}: no budget to evaluate.");
            await services.Health.NoteSuccessAsync(Name, cancellation);
            return new MessageResult(true, $"{Name}: done.");
        }
#pragma warning disable CA1031 // The edge of the process: the next hour evaluates again.
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            activity?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
            return new MessageResult(false, $"{Name}: failed ({fault.GetType().Name}).");
        }
    }
}
