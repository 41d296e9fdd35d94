using TokenLedger.Application.Alerts;
using TokenLedger.Application.Budgets;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Findings;
using TokenLedger.Application.Headroom;
using TokenLedger.Domain.Findings;

namespace TokenLedger.Application.Watching;

/// <summary>
/// What follows a change of a day: budgets are evaluated, room that is in their figures now is given back, patterns are
/// looked for where somebody is told of them, and people are told.
/// </summary>
public sealed class WatchSpend(
    EvaluateBudgets evaluate, ReleaseReservations release, FindPatterns find, TellAlerts tell,
    LedgerConfiguration configuration) : IEvaluateBudgets
{
    /// <summary>Whether anything has to follow a change.</summary>
    public static bool IsNeeded(LedgerConfiguration configuration) =>
        configuration.Budgets.Count > 0 || TellsFindings(configuration);

    /// <inheritdoc/>
    public async Task ExecuteAsync(IReadOnlyList<DateOnly> days, CancellationToken cancellation)
    {
        // Read before the evaluation: usage that comes in between is in no figure yet.
        var known = await release.KnownAsync(cancellation);
        var statuses = await evaluate.EvaluateAsync(null, days, cancellation);
        await release.ExecuteAsync(known, cancellation);
        IReadOnlyList<Finding> findings = TellsFindings(configuration) && days.Count > 0
            ? await find.ExecuteAsync(days, cancellation) : [];
        await tell.ExecuteAsync(statuses, findings, cancellation);
    }

    private static bool TellsFindings(LedgerConfiguration configuration) =>
        configuration.Alerts.Channels.Any(channel => channel.Findings);
}
