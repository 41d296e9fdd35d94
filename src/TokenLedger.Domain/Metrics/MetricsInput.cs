using TokenLedger.Domain.ActionsMinutes;
using TokenLedger.Domain.Attribution;
using TokenLedger.Domain.Outcomes;
using TokenLedger.Domain.Spend;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Domain.Metrics;

/// <summary>Everything that decides the metrics of a period.</summary>
public sealed record MetricsInput
{
    /// <summary>The spend of the period, in any order.</summary>
    public required IReadOnlyList<SpendLine> Lines { get; init; }

    /// <summary>The period's run attempts, those without telemetry too, in any order.</summary>
    public required IReadOnlyList<RunFacts> Runs { get; init; }

    /// <summary>Attempts of the same runs outside the period: they tell whether a later one is a retry.</summary>
    public IReadOnlyList<RunFacts> OtherAttempts { get; init; } = [];

    /// <summary>What run attempts created or worked on; one that is missing is linked to nothing.</summary>
    public required IReadOnlyDictionary<RunKey, RunWork> Work { get; init; }

    /// <summary>What has become of pull requests and issues; one that is missing is unknown.</summary>
    public required IReadOnlyDictionary<WorkSubject, Outcome> Outcomes { get; init; }

    /// <summary>Charges of Actions minutes, split over runs.</summary>
    public IReadOnlyList<MinutesShare> Minutes { get; init; } = [];

    /// <summary>What rules say of runs.</summary>
    public AttributionRules Attribution { get; init; } = AttributionRules.None;
}
