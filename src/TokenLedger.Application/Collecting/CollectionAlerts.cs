using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.Evidence;

namespace TokenLedger.Application.Collecting;

/// <summary>Tells that GitHub refuses a repository's artifacts, and that it no longer does.</summary>
public sealed class CollectionAlerts(IAlertLog alerts, TimeProvider time)
{
    private readonly AlertBook book = new(alerts, time);

    /// <summary>Tells of a refusal.</summary>
    public Task RaiseAsync(RunIdentity run, ProviderRefusal refusal, CancellationToken cancellation) =>
        book.RaiseAsync(Alert.CollectionRefused, SubjectOf(run), refusal.Message, cancellation);

    /// <summary>Closes what was told of the repository.</summary>
    public Task CloseAsync(RunIdentity run, CancellationToken cancellation) =>
        book.CloseAsync(Alert.CollectionRefused, SubjectOf(run), cancellation);

    /// <summary>Closes what was told of a repository.</summary>
    public Task CloseAsync(RepositoryAccess repository, CancellationToken cancellation) => book.CloseAsync(
        Alert.CollectionRefused, $"{repository.Host}/{repository.FullName.ToLowerInvariant()}", cancellation);

    private static string SubjectOf(RunIdentity run) => $"{run.Host}/{run.Repository.ToLowerInvariant()}";
}
