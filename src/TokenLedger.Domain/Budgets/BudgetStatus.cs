using TokenLedger.Domain.Allocation;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Domain.Budgets;

/// <summary>How a budget stands in its period. Money in nano-credits of the budget's measure.</summary>
public sealed record BudgetStatus
{
    /// <summary>The budget.</summary>
    public required Budget Budget { get; init; }

    /// <summary>The first UTC day of the period, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last UTC day of the period, exclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The limit with the overrides in force; above 0.</summary>
    public required long LimitNanoCredits { get; init; }

    /// <summary>Spent by final bills.</summary>
    public required long SettledNanoCredits { get; init; }

    /// <summary>Spent by bills that may still change.</summary>
    public required long ProvisionalNanoCredits { get; init; }

    /// <summary>Spent by calibrated estimates, and by what is expected that no run answers for.</summary>
    public required long EstimatedNanoCredits { get; init; }

    /// <summary>All three with an interval.</summary>
    public required CalibratedAmount Spent { get; init; }

    /// <summary>Why the figure may be too small: stable codes, ordinal; empty when nothing is missing.</summary>
    public required IReadOnlyList<string> IncompleteReasons { get; init; }

    /// <summary>Spent a day, the last part-day left out; null without a whole day.</summary>
    public long? BurnRateNanoCreditsPerDay { get; init; }

    /// <summary>What will be spent by the end of the period; null when nothing tells.</summary>
    public CalibratedAmount? Forecast { get; init; }

    /// <summary>The UTC day on which the limit is expected to be reached; null when not within the period.</summary>
    public DateOnly? ExhaustedOn { get; init; }

    /// <summary>When it was evaluated, UTC.</summary>
    public required DateTimeOffset EvaluatedAt { get; init; }

    /// <summary>Whether the figure may be too small.</summary>
    public bool IsIncomplete => IncompleteReasons.Count > 0;

    /// <summary>What is left of the limit; negative when it is exceeded.</summary>
    public long RemainingNanoCredits => checked(LimitNanoCredits - Spent.NanoCredits);

    /// <summary>Spent as a percentage of the limit.</summary>
    public decimal Percent => Ratio.Of(Spent.NanoCredits, LimitNanoCredits) * 100m;

    /// <summary>The thresholds that are reached, ascending.</summary>
    public IReadOnlyList<decimal> ReachedPercents =>
        [.. Budget.ThresholdPercents.Where(threshold => Percent >= threshold)];

    /// <summary>How it stands.</summary>
    public BudgetState State => Percent >= 100m ? BudgetState.Exceeded
        : ReachedPercents.Count > 0 ? BudgetState.Warning : BudgetState.Ok;
}
