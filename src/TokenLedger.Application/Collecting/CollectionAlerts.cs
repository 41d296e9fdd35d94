using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Collecting;

/// <summary>Tells that GitHub refuses a repository's artifacts, and that it no longer does.</summary>
public sealed class CollectionAlerts(IAlertLog alerts, TimeProvider time)
{
    /// <summary>Whether somebody must mend something: time alone does not.</summary>
    public static bool IsToTell(ProviderRefusal refusal) => refusal.Code is not (
        ProviderRefusal.RateLimited or ProviderRefusal.Unavailable or ProviderRefusal.CutOff);

    /// <summary>Tells of a refusal.</summary>
    public async Task RaiseAsync(RunIdentity run, ProviderRefusal refusal, CancellationToken cancellation)
    {
        var subject = SubjectOf(run);
        var known = await alerts.FindAsync(Alert.CollectionRefused, subject, cancellation);
        var now = time.GetUtcNow();
        await alerts.StoreAsync(
            new Alert(
                Alert.CollectionRefused, subject, refusal.Message,
                known is { IsOpen: true } ? known.FirstAt : now, now, (known?.Count ?? 0) + 1, IsOpen: true),
            cancellation);
    }

    /// <summary>Closes what was told of the repository.</summary>
    public async Task CloseAsync(RunIdentity run, CancellationToken cancellation)
    {
        if (await alerts.FindAsync(Alert.CollectionRefused, SubjectOf(run), cancellation) is { IsOpen: true } known)
            await alerts.StoreAsync(known with { IsOpen = false, LastAt = time.GetUtcNow() }, cancellation);
    }

    private static string SubjectOf(RunIdentity run) => $"{run.Host}/{run.Repository.ToLowerInvariant()}";
}
