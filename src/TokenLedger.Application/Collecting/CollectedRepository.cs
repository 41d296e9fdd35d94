using TokenLedger.Application.Ports;
using TokenLedger.Ingestion;

namespace TokenLedger.Application.Collecting;

/// <summary>What collecting the runs of a repository brought.</summary>
/// <param name="Repository">The repository as <c>owner/name</c>.</param>
public sealed record CollectedRepository(string Repository)
{
    /// <summary>Finished agent runs of the period.</summary>
    public int Runs { get; init; }

    /// <summary>Of these, the ones that were collected before; nothing was asked about them.</summary>
    public int Known { get; init; }

    /// <summary>Runs whose telemetry is collected.</summary>
    public int Collected { get; init; }

    /// <summary>Runs without telemetry.</summary>
    public int WithoutTelemetry { get; init; }

    /// <summary>Runs whose telemetry had expired.</summary>
    public int Expired { get; init; }

    /// <summary>Runs that could not be collected.</summary>
    public int Refused { get; init; }

    /// <summary>Agent runs that have not ended.</summary>
    public int Unfinished { get; init; }

    /// <summary>Why not everything was collected; null when it was.</summary>
    public string? Note { get; init; }

    /// <summary>Why the repository's runs could not all be listed; null when they were.</summary>
    public ProviderRefusal? Refusal { get; init; }

    /// <summary>What of the evidence was not taken.</summary>
    public IReadOnlyList<InputProblem> Problems { get; init; } = [];
}
