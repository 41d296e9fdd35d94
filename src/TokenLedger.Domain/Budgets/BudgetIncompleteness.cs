namespace TokenLedger.Domain.Budgets;

/// <summary>Why a budget's figure may be too small. The codes are stable.</summary>
public static class BudgetIncompleteness
{
    /// <summary>Usage of the budget has no price.</summary>
    public const string UnpricedUsage = "unpriced-usage";

    /// <summary>Runs of the budget have no telemetry, and their day no final bill.</summary>
    public const string RunsWithoutTelemetry = "runs-without-telemetry";

    /// <summary>Usage of the budget is billed by somebody whose bill nobody asks for.</summary>
    public const string NoBillSource = "no-bill-source";

    /// <summary>The bill of a day could not be read to the end while it was asked for.</summary>
    public const string DayUnreachable = "day-unreachable";

    /// <summary>The bill of a day shows nothing although runs used something.</summary>
    public const string NoBillForUsage = "no-bill-for-usage";

    /// <summary>
    /// Days have no bill yet, and no bill of the 28 days before tells what is usual beside the known runs.
    /// </summary>
    public const string OtherUsageUnknown = "other-usage-unknown";
}
