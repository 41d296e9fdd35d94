namespace TokenLedger.Application.Artifacts;

/// <summary>One billed row.</summary>
public sealed record ChargeEntry
{
    /// <summary>Unique in the file.</summary>
    public required string Id { get; init; }

    /// <summary>Whose bill: <c>github</c>, <c>anthropic</c>, …</summary>
    public required string Source { get; init; }

    /// <summary>The billing account's key.</summary>
    public required string Account { get; init; }

    /// <summary>The view it was read from.</summary>
    public required string View { get; init; }

    /// <summary><c>basis</c> counts; <c>check</c> shows the same money again.</summary>
    public required string Role { get; init; }

    /// <summary>The component it belongs to.</summary>
    public required string Component { get; init; }

    /// <summary>What the money was for.</summary>
    public required string Category { get; init; }

    /// <summary>The UTC day of the usage.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>As the bill spells it.</summary>
    public required string? Product { get; init; }

    /// <summary>As the bill spells it.</summary>
    public required string? Sku { get; init; }

    /// <summary>As the bill spells it.</summary>
    public required string? Model { get; init; }

    /// <summary>The organisation named.</summary>
    public required string? Organization { get; init; }

    /// <summary>The repository named.</summary>
    public required string? Repository { get; init; }

    /// <summary>The workflow named.</summary>
    public required string? WorkflowPath { get; init; }

    /// <summary>The user named; empty when the bill says nobody, null when it says nothing.</summary>
    public required string? User { get; init; }

    /// <summary>The cost centre named.</summary>
    public required string? CostCenter { get; init; }

    /// <summary>The workspace named.</summary>
    public required string? Workspace { get; init; }

    /// <summary>The project named. Artifacts made before December 2026 have no such field.</summary>
    public string? Project { get; init; }

    /// <summary>The API key named. Artifacts made before December 2026 have no such field.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The token kind named.</summary>
    public required string? TokenKind { get; init; }

    /// <summary>The provider's own quantity.</summary>
    public required decimal? Quantity { get; init; }

    /// <summary>Its unit.</summary>
    public required string? Unit { get; init; }

    /// <summary>Gross, in AI credits; null for a count of tokens, which bills nothing.</summary>
    public required decimal? BilledAiCredits { get; init; }

    /// <summary>Gross, in US dollars: credits divided by 100; null for a count of tokens.</summary>
    public required decimal? BilledGrossUsd { get; init; }

    /// <summary>Net, in US dollars; null when unknown.</summary>
    public required decimal? BilledNetUsd { get; init; }

    /// <summary>Gross less net; null when net is unknown.</summary>
    public required decimal? DiscountUsd { get; init; }
}
