namespace TokenLedger.Domain.Alerting;

/// <summary>The stable names of kinds, as they are stored, shown and asked for.</summary>
public static class AlertEventKindName
{
    /// <summary>The name.</summary>
    public static string Of(AlertEventKind kind) => kind switch
    {
        AlertEventKind.BudgetThreshold => "budget-threshold",
        AlertEventKind.BudgetExceeded => "budget-exceeded",
        AlertEventKind.BudgetForecast => "budget-forecast",
        AlertEventKind.BudgetIncomplete => "budget-incomplete",
        AlertEventKind.Finding => "finding",
        _ => "operational",
    };

    /// <summary>The kind of a name, compared without case; null when there is none.</summary>
    public static AlertEventKind? Parse(string? name) => Enum.GetValues<AlertEventKind>()
        .Where(kind => string.Equals(Of(kind), name, StringComparison.OrdinalIgnoreCase))
        .Select(kind => (AlertEventKind?)kind)
        .FirstOrDefault();
}
