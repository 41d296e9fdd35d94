namespace TokenLedger.Domain.IncludedCredits;

/// <summary>A Copilot plan whose seats bring AI credits each month.</summary>
public enum SeatPlan
{
    /// <summary>Copilot Business.</summary>
    Business,

    /// <summary>Copilot Enterprise.</summary>
    Enterprise,
}
