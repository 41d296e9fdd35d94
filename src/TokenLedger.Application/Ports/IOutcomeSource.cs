using TokenLedger.Domain.Outcomes;
using TokenLedger.Ingestion.Outcomes;

namespace TokenLedger.Application.Ports;

/// <summary>What GitHub knows of pull requests and issues.</summary>
/// <remarks>Never an exception for what GitHub said.</remarks>
public interface IOutcomeSource
{
    /// <summary>A pull request or issue as it is now.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="number">The number.</param>
    /// <param name="kind">Which of the two; null when nobody said, and then GitHub is asked that first.</param>
    /// <param name="cancellation">Ends the request.</param>
    Task<ProviderAnswer<OutcomeEvent>> FindAsync(
        RepositoryAccess repository, long number, WorkKind? kind, CancellationToken cancellation);
}
