using TokenLedger.Application.Ports;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Sweeping;

/// <summary>The runs of a repository that were created in a part of a period, or why they are not known.</summary>
/// <param name="From">Inclusive, in whole seconds.</param>
/// <param name="To">Inclusive, in whole seconds.</param>
/// <param name="Runs">The runs, each once; empty after a refusal.</param>
/// <param name="Refusal">Why GitHub did not list them; null when it did.</param>
internal sealed record RunSlice(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<FoundRun> Runs, ProviderRefusal? Refusal)
{
    /// <summary>Whether GitHub may have more runs of this one second than it lists.</summary>
    public bool IsCut { get; init; }
}
