using TokenLedger.Application.Alerts;
using TokenLedger.Application.Ports;

namespace TokenLedger.Application.Sweeping;

/// <summary>Closes what sweeps told and what is over, with two questions a sweep.</summary>
internal sealed class SweepAlerts(AlertBook alerts)
{
    private readonly Dictionary<string, DateTimeOffset> whole = new(StringComparer.Ordinal);

    /// <summary>Takes note that a repository was listed to the end.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="begunAt">When that look began: what was told since is of the same look.</param>
    public void AddWhole(RepositoryAccess repository, DateTimeOffset begunAt) =>
        whole[SweepMarks.KeyOf(repository)] = begunAt;

    /// <summary>Closes what is over.</summary>
    /// <param name="asked">Whatever there is to ask for; null while not all of it is known.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task CloseAsync(IReadOnlySet<string>? asked, CancellationToken cancellation)
    {
        await alerts.CloseAsync(
            Alert.RunsUnlisted, told => IsGone(told) || (whole.TryGetValue(told.Subject, out var begun)
                && told.LastAt < begun), cancellation);
        await alerts.CloseAsync(Alert.SweepRefused, IsGone, cancellation);

        bool IsGone(Alert told) => asked?.Contains(told.Subject) == false;
    }
}
