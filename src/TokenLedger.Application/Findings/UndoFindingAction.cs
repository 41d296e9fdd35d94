using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Findings;

/// <summary>Enables a workflow again that an action disabled.</summary>
/// <param name="records">The journal.</param>
/// <param name="control">Enables it.</param>
/// <param name="time">The clock.</param>
public sealed class UndoFindingAction(IRecords records, IRunControl control, TimeProvider time)
{
    /// <summary>Undoes an action; one that was undone is left alone.</summary>
    /// <param name="action">An action that is reversible.</param>
    /// <param name="by">Who undoes it.</param>
    /// <param name="cancellation">Ends the call; the same call again goes on.</param>
    /// <returns>Null when it is undone, else why not.</returns>
    public async Task<ProviderRefusal?> ExecuteAsync(FindingAction action, string by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(action);
        var stored = await records.FindAsync(
            FindingTables.Actions, FindingActionRow.Partition, action.Id, cancellation);
        if (stored is null || FindingActionRow.Read(stored.Row) is not { IsReversible: true, UndoneAt: null } known)
            return null;
        if (FindingPlace.Of(known) is not { } place || FindingPlace.FileOf(known) is not { } file)
            return FindingPlace.Unusable;
        var intended = known with { UndoIntentAt = known.UndoIntentAt ?? time.GetUtcNow() };
        if (await records.ReplaceAsync(FindingActionRow.Of(intended), stored.Version, cancellation) is not { } version)
            return Busy();
        var (state, refusal) = await control.FindWorkflowAsync(place, file, cancellation);
        if (state is null)
            return refusal;
        if (!state.IsActive && await control.EnableWorkflowAsync(place, file, cancellation) is { } refused)
            return refused;
        var undone = intended with { UndoneAt = time.GetUtcNow(), UndoneBy = by };
        return await records.ReplaceAsync(FindingActionRow.Of(undone), version, cancellation) is null ? Busy() : null;
    }

    private static ProviderRefusal Busy() => new(
        ProviderRefusal.Busy, "Somebody else changed the action meanwhile: look at it and try again.", null);
}
