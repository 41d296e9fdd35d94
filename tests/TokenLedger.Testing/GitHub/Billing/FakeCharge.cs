namespace TokenLedger.Testing.GitHub.Billing;

/// <summary>A line of the money that the fake GitHub bills; each view shows it in its own shape.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Product">The product.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Quantity">How much, gross.</param>
/// <param name="GrossUsd">The amount before discount.</param>
public sealed record FakeCharge(
    DateOnly Day, string Product, string Sku, string Unit, decimal Quantity, decimal GrossUsd)
{
    /// <summary>The model; null for what has none.</summary>
    public string? Model { get; init; }

    /// <summary>Who spent it; null for nobody.</summary>
    public string? User { get; init; }

    /// <summary>The name of its cost centre; null for none.</summary>
    public string? CostCenter { get; init; }

    /// <summary>The organisation; null for the account's own name.</summary>
    public string? Organization { get; init; }

    /// <summary><c>acme/webshop</c>; null for none.</summary>
    public string? Repository { get; init; }

    /// <summary>The workflow; null for none.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>AI credits, 0.01 USD each.</summary>
    public static FakeCharge AiCredits(DateOnly day, string model, decimal credits) =>
        new(day, "Copilot", "Copilot AI Credits", "ai-credits", credits, credits / 100) { Model = model };

    /// <summary>Minutes of Actions, 0.006 USD each.</summary>
    public static FakeCharge ActionsMinutes(DateOnly day, string repository, int minutes) =>
        new(day, "Actions", "Actions Linux", "minutes", minutes, minutes * 0.006m) { Repository = repository };

    /// <summary>Premium requests, 0.04 USD each.</summary>
    public static FakeCharge PremiumRequests(DateOnly day, string model, int requests) =>
        new(day, "Copilot", "Copilot Premium Request", "requests", requests, requests * 0.04m) { Model = model };
}
