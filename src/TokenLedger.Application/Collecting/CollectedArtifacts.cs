using TokenLedger.Application.Ports;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion;
using TokenLedger.Ingestion.Evidence;
using TokenLedger.Ingestion.GitHub;

namespace TokenLedger.Application.Collecting;

/// <summary>What the artifacts of one attempt brought.</summary>
internal sealed class CollectedArtifacts
{
    private readonly List<InputProblem> problems = [];
    private bool hasTelemetry;
    private bool hasExpired;
    private bool hasUndelivered;

    public CollectionState State => hasTelemetry ? CollectionState.Collected
        // There may be telemetry in it.
        : hasUndelivered ? CollectionState.Refused
        : hasExpired ? CollectionState.TelemetryExpired
        : CollectionState.NoTelemetry;

    public IReadOnlyList<InputProblem> Problems =>
        [.. problems.OrderBy(problem => problem.Source, StringComparer.Ordinal)
            .ThenBy(problem => problem.Code, StringComparer.Ordinal)];

    public void AddHeldTelemetry() => hasTelemetry = true;

    public void Add(TelemetryZip zip)
    {
        hasTelemetry |= zip.HasTelemetry;
        problems.AddRange(zip.Problems);
    }

    public void AddExpired(RunArtifact artifact)
    {
        hasExpired = true;
        problems.Add(CollectionProblems.Expired(artifact));
    }

    public void AddTooLarge(RunArtifact artifact) => problems.Add(CollectionProblems.TooLarge(artifact));

    public void AddUndelivered(RunArtifact artifact, ProviderRefusal refusal)
    {
        hasUndelivered = true;
        problems.Add(CollectionProblems.NotDelivered(artifact, refusal.Message));
    }

    public void Add(InputProblem problem) => problems.Add(problem);

    public void Add(IEnumerable<InputProblem> more) => problems.AddRange(more);
}
