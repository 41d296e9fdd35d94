namespace TokenLedger.Domain.Budgets;

/// <summary>Somebody's decision to raise the limit of a budget for a while.</summary>
public sealed record BudgetOverride
{
    /// <summary>Its id: told by what it says, so that the same decision taken twice is one.</summary>
    public required string Id { get; init; }

    /// <summary>The budget's name; compared without case.</summary>
    public required string BudgetName { get; init; }

    /// <summary>By how much the limit is raised; above 0.</summary>
    public required long NanoCredits { get; init; }

    /// <summary>Why: 1 to 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided: a login of 1 to 100 characters.</summary>
    public required string Author { get; init; }

    /// <summary>The first UTC day on which it is in force, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last UTC day, exclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>When it was written down, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether it is in force on a day.</summary>
    public bool IsInForce(DateOnly day) => day >= From && day < To;
}
