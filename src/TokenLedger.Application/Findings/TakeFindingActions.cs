using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Findings;

/// <summary>
/// Does what configuration says that open findings of these days lead to; without a rule it does nothing at all.
/// </summary>
/// <remarks>
/// What will be done is written down before GitHub is asked, and what came of it after. Where the process was killed
/// between the two, GitHub is first asked how things stand. A finding leads to an action once, whatever was undone.
/// </remarks>
/// <param name="records">The findings and the journal.</param>
/// <param name="runs">Tells whether a run is in progress.</param>
/// <param name="control">Stops it.</param>
/// <param name="configuration">The rules.</param>
/// <param name="time">The clock.</param>
public sealed class TakeFindingActions(
    IRecords records, IRunSource runs, IRunControl control, LedgerConfiguration configuration, TimeProvider time)
{
    // Older findings are history: nobody wants a workflow disabled because its logs were imported late.
    private const int DaysBack = 1;

    // A look asks GitHub twice an action; a hundred findings an hour are somebody's mistake.
    private const int ActionsMax = 100;

    /// <summary>Takes the actions.</summary>
    /// <param name="isDry">Whether to tell only what would be done: nothing is asked and nothing written.</param>
    /// <param name="cancellation">Ends between actions.</param>
    /// <returns>The actions that were taken, or would be; those of earlier calls are left out.</returns>
    public async Task<IReadOnlyList<FindingAction>> ExecuteAsync(bool isDry, CancellationToken cancellation)
    {
        if (configuration.FindingActions.Count == 0)
            return [];
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var findings = await new ReadFindings(records)
            .ExecuteAsync(today.AddDays(-DaysBack), today.AddDays(1), cancellation).ToListAsync(cancellation);
        var taken = new List<FindingAction>();
        foreach (var planned in PlannedActions.Of(
            findings, configuration.FindingActions, configuration.GitHub.Host, now))
        {
            if (taken.Count >= ActionsMax)
                break;
            var known = await FindAsync(planned.Id, cancellation);
            if (known is { Action.Result: not null })
                continue;
            if (isDry)
                taken.Add(planned);
            else if (await TakeAsync(planned, known, cancellation) is { } action)
                taken.Add(action);
        }

        return taken;
    }

    private async Task<FindingAction?> TakeAsync(
        FindingAction planned, (FindingAction Action, string Version)? known, CancellationToken cancellation)
    {
        var action = known?.Action ?? planned;
        // Somebody else has just written the same down, and does it.
        if ((known?.Version ?? await records.ReplaceAsync(FindingActionRow.Of(action), null, cancellation))
            is not { } version)
            return null;
        var (result, refusal) = action.Do == FindingActionKind.CancelRun
            ? await CancelAsync(action, isAskedBefore: known is not null, cancellation)
            : await DisableAsync(action, isAskedBefore: known is not null, cancellation);
        // Nobody knows yet: the next call looks again.
        if (result is null && refusal is { NeedsMending: false })
            return action with { Message = refusal.Message };
        var ended = action with
        {
            ResultAt = time.GetUtcNow(),
            Result = result ?? FindingActionResult.Refused,
            Message = refusal?.Message,
        };
        await records.ReplaceAsync(FindingActionRow.Of(ended), version, cancellation);
        return ended;
    }

    private async Task<(FindingActionResult?, ProviderRefusal?)> CancelAsync(
        FindingAction action, bool isAskedBefore, CancellationToken cancellation)
    {
        if (FindingPlace.Of(action) is not { } place || action.RunId is not { } runId)
            return (null, FindingPlace.Unusable);
        var (found, refusal) = await runs.FindRunAsync(place, runId, null, cancellation);
        if (found is null)
            return (null, refusal);
        // Cancelled after it was written down: by the call that nobody saw the end of.
        if (isAskedBefore && found is { IsFinished: true, Facts.Conclusion: "cancelled" }
            && found.Facts.Run.Attempt == action.Attempt)
            return (FindingActionResult.Done, null);
        // The latest attempt is told. Once there is a later one, that of the finding has ended.
        if (found.IsFinished || found.Facts.Run.Attempt != action.Attempt)
            return (FindingActionResult.NotNeeded, null);
        var refused = await control.CancelRunAsync(place, runId, cancellation);
        return refused is null ? (FindingActionResult.Done, null) : (null, refused);
    }

    private async Task<(FindingActionResult?, ProviderRefusal?)> DisableAsync(
        FindingAction action, bool isAskedBefore, CancellationToken cancellation)
    {
        if (FindingPlace.Of(action) is not { } place || FindingPlace.FileOf(action) is not { } file)
            return (null, FindingPlace.Unusable);
        var (state, refusal) = await control.FindWorkflowAsync(place, file, cancellation);
        if (state is null)
            return (null, refusal);
        // Disabled after it was written down: by the call that nobody saw the end of.
        if (!state.IsActive)
            return (isAskedBefore ? FindingActionResult.Done : FindingActionResult.NotNeeded, null);
        var refused = await control.DisableWorkflowAsync(place, file, cancellation);
        return refused is null ? (FindingActionResult.Done, null) : (null, refused);
    }

    private async Task<(FindingAction Action, string Version)?> FindAsync(string id, CancellationToken cancellation) =>
        await records.FindAsync(FindingTables.Actions, FindingActionRow.Partition, id, cancellation) is { } stored
            ? (FindingActionRow.Read(stored.Row), stored.Version) : null;
}
