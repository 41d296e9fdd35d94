namespace TokenLedger.Domain.Headroom;

/// <summary>Why headroom was answered so: stable codes in kebab case.</summary>
public static class HeadroomReason
{
    /// <summary>The run fits, and no threshold is reached with it.</summary>
    public const string WithinBudget = "within-budget";

    /// <summary>The run fits, and a threshold is reached with it.</summary>
    public const string ThresholdReached = "threshold-reached";

    /// <summary>Nothing is left.</summary>
    public const string UsedUp = "used-up";

    /// <summary>Something is left, and the run is expected to cost more.</summary>
    public const string OverBudget = "over-budget";

    /// <summary>The budget was not evaluated in its period yet.</summary>
    public const string NotEvaluated = "not-evaluated";

    /// <summary>The budget was evaluated too long ago.</summary>
    public const string Stale = "stale";

    /// <summary>What was spent may be more than is known.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>More reservations are held than can be kept.</summary>
    public const string TooManyReservations = "too-many-reservations";

    /// <summary>Other processes decided first, every time.</summary>
    public const string Contended = "contended";
}
