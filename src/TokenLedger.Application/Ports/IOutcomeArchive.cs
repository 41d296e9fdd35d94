using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Application.Ports;

/// <summary>
/// What GitHub told of pull requests, issues and reverted commits: raw facts, of which outcomes can be made again.
/// </summary>
/// <remarks>
/// Kept as <c>outcomes/{host}/{owner}/{repo}/{number}/{hash}.json</c>, and <c>…/commits/{sha}/{hash}.json</c>. Nothing
/// is overwritten or deleted; a fact appears whole or not at all.
/// </remarks>
public interface IOutcomeArchive
{
    /// <summary>Keeps a fact.</summary>
    /// <returns>False when the same fact was there.</returns>
    Task<bool> AddAsync(OutcomePlace place, OutcomeFact fact, CancellationToken cancellation);

    /// <summary>The facts of one place; a file that holds none is passed over.</summary>
    Task<IReadOnlyList<OutcomeFact>> ReadAsync(OutcomePlace place, CancellationToken cancellation);

    /// <summary>Every place that there are facts of, once each.</summary>
    IAsyncEnumerable<OutcomePlace> ReadPlacesAsync(CancellationToken cancellation);
}
